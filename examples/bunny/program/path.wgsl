// Ray caster and path tracer: rayCaster.ts and pathTracer.ts in the language of the GPU.

struct Work {
  camera_position: vec4f,
  camera_forward: vec4f,
  camera_right: vec4f,
  camera_up: vec4f,
  tile: vec4u,
  // Width and height of the picture, first sample of this pass, samples in this pass.
  picture: vec4u,
  seed: u32,
}

struct Surface { distance: f32, normal: vec3f, albedo: vec3f, is_bunny: bool }
struct MeshHit { distance: f32, triangle: u32, uv: vec2f }

@group(0) @binding(0) var<uniform> work: Work;
@group(0) @binding(1) var<storage, read> nodes: array<u32>;
@group(0) @binding(2) var<storage, read> triangles: array<f32>;
@group(0) @binding(3) var<storage, read> normals: array<f32>;
@group(0) @binding(4) var<storage, read_write> film: array<f32>;

const SKIN = 2e-3;
const NOTHING = 0xffffffffu;

fn corner_of(node: u32, word: u32) -> vec3f {
  let at = node * 8u + word;
  return bitcast<vec3f>(vec3u(nodes[at], nodes[at + 1u], nodes[at + 2u]));
}

fn three(at: u32) -> vec3f { return vec3f(triangles[at], triangles[at + 1u], triangles[at + 2u]); }
fn normal_at(at: u32) -> vec3f { return vec3f(normals[at], normals[at + 1u], normals[at + 2u]); }

fn enter_box(node: u32, start: vec3f, inverse: vec3f) -> f32 {
  let low = (corner_of(node, 0u) - start) * inverse;
  let high = (corner_of(node, 4u) - start) * inverse;
  let near = min(low, high);
  let far = max(low, high);
  let enter = max(max(near.x, near.y), near.z);
  let leave = min(min(far.x, far.y), far.z) * 1.0000004;
  return select(FAR, enter, enter <= leave && leave > 0.0);
}

fn meet_triangle(ray: Ray, triangle: u32, nearest: MeshHit) -> MeshHit {
  let a = three(triangle * 9u + 3u);
  let b = three(triangle * 9u + 6u);
  let p = cross(ray.direction, b);
  let determinant = dot(a, p);
  if (abs(determinant) < 1e-12) { return nearest; }
  let s = ray.origin - three(triangle * 9u);
  let q = cross(s, a);
  let uv = vec2f(dot(s, p), dot(ray.direction, q)) / determinant;
  let distance = dot(b, q) / determinant;
  if (any(uv < vec2f(0.0)) || uv.x + uv.y > 1.0 || distance <= 0.0 || distance >= nearest.distance) { return nearest; }
  return MeshHit(distance, triangle, uv);
}

fn cast_ray(ray: Ray, limit: f32, any_hit: bool) -> MeshHit {
  let safe = select(ray.direction, vec3f(1e-9), abs(ray.direction) < vec3f(1e-9));
  let inverse = 1.0 / safe;
  var hit = MeshHit(limit, NOTHING, vec2f(0.0));
  var stack: array<u32, 64>;
  var top = 0u;
  var node = 0u;
  if (enter_box(0u, ray.origin, inverse) >= limit) { return hit; }
  loop {
    let first = nodes[node * 8u + 3u];
    let count = nodes[node * 8u + 7u];
    for (var triangle = first; triangle < first + count; triangle++) { hit = meet_triangle(ray, triangle, hit); }
    if (any_hit && hit.triangle != NOTHING) { return hit; }
    if (count == 0u) {
      let left = enter_box(first, ray.origin, inverse);
      let right = enter_box(first + 1u, ray.origin, inverse);
      let near = select(first + 1u, first, left < right);
      if (max(left, right) < hit.distance && top < 64u) {
        stack[top] = first + first + 1u - near;
        top++;
      }
      if (min(left, right) < hit.distance) {
        node = near;
        continue;
      }
    }
    if (top == 0u) { return hit; }
    top--;
    node = stack[top];
  }
  return hit;
}

fn meet_surface(ray: Ray) -> Surface {
  let stage = hit_stage(ray);
  let hit = cast_ray(ray, stage.distance, false);
  if (hit.triangle == NOTHING) { return Surface(stage.distance, stage.normal, STAGE_ALBEDO, false); }
  let at = hit.triangle * 9u;
  let w = 1.0 - hit.uv.x - hit.uv.y;
  let normal = normalize(normal_at(at) * w + normal_at(at + 3u) * hit.uv.x + normal_at(at + 6u) * hit.uv.y);
  return Surface(hit.distance, select(normal, -normal, dot(normal, ray.direction) > 0.0), BUNNY_ALBEDO, true);
}

fn ask_light(origin: vec3f, surface: Surface) -> vec3f {
  let pick = next_pair().x;
  let light = sample_light(origin, pick, next_pair());
  let cosine = dot(light.direction, surface.normal);
  if (cosine <= 0.0 || light.radiance.y == 0.0) { return vec3f(0.0); }
  if (cast_ray(Ray(origin, light.direction), light.distance, true).triangle != NOTHING) { return vec3f(0.0); }
  return light.radiance * cosine / PI;
}

fn tent(uniform_: f32) -> f32 {
  return select(1.0 - sqrt(2.0 - 2.0 * uniform_), sqrt(2.0 * uniform_) - 1.0, uniform_ < 0.5);
}

fn aim(pixel: vec2u) -> Ray {
  let jitter = next_pair();
  let place = (vec2f(pixel) + 0.5 + vec2f(tent(jitter.x), tent(jitter.y))) / vec2f(work.picture.xy);
  let screen = vec2f(2.0 * place.x - 1.0, 1.0 - 2.0 * place.y);
  let direction = work.camera_forward + work.camera_right * screen.x + work.camera_up * screen.y;
  return Ray(work.camera_position.xyz, normalize(direction.xyz));
}

fn add_feature(at: u32, albedo: vec3f, normal: vec3f, distance: f32) {
  for (var axis = 0u; axis < 3u; axis++) {
    film[at + 4u + axis] += albedo[axis];
    film[at + 7u + axis] += normal[axis];
  }
  film[at + 10u] += distance;
}

fn follow_path(pixel: vec2u, at: u32) -> vec3f {
  var ray = aim(pixel);
  var colour = vec3f(0.0);
  var weight = vec3f(1.0);
  var sees_lights = true;
  for (var bounce = 0u; bounce <= u32(PATH_MAX_BOUNCES); bounce++) {
    let limit = vec3f(select(PATH_CLAMP, FAR, bounce == 0u));
    let surface = meet_surface(ray);
    if (sees_lights) {
      let glow = look_into_lights(ray);
      if (glow.distance < surface.distance) {
        if (bounce == 0u) { add_feature(at, vec3f(1.0), -ray.direction, glow.distance); }
        return colour + min(limit, weight * glow.radiance);
      }
    }
    if (surface.distance >= FAR) {
      if (bounce == 0u) { add_feature(at, vec3f(1.0), -ray.direction, 100.0); }
      return colour + min(limit, weight * look_into_sky(ray.direction.y));
    }
    if (bounce == 0u) { add_feature(at, surface.albedo, surface.normal, surface.distance); }
    ray.origin += ray.direction * surface.distance + surface.normal * SKIN;
    sees_lights = false;
    if (bounce == 0u && surface.is_bunny) {
      let pair = next_pair();
      let cosine = -dot(ray.direction, surface.normal);
      let fresnel = BUNNY_REFLECTANCE + (1.0 - BUNNY_REFLECTANCE) * pow(1.0 - cosine, 5.0);
      let chance = min(0.75, 0.15 + fresnel);
      if (pair.x < chance) {
        weight *= fresnel / chance;
        let normal = normalize(surface.normal + BUNNY_ROUGHNESS * sphere_point(vec2f(pair.x / chance, pair.y)));
        ray.direction = reflect(ray.direction, normal);
        sees_lights = true;
        continue;
      }
      weight *= (1.0 - fresnel) / (1.0 - chance);
    }
    weight *= surface.albedo;
    colour += min(limit, weight * ask_light(ray.origin, surface));
    let chance = min(0.95, max(weight.x, max(weight.y, weight.z)));
    if (next_pair().x >= chance) { return colour; }
    weight /= chance;
    ray.direction = normalize(surface.normal + sphere_point(next_pair()) * 0.9999);
  }
  return colour;
}

@compute @workgroup_size(8, 8)
fn render(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= work.tile.z || id.y >= work.tile.w) { return; }
  let pixel = work.tile.xy + id.xy;
  let at = (id.y * work.tile.z + id.x) * CHANNELS;
  sampler_seed = hash(hash(hash(work.seed) + pixel.x) + pixel.y);
  for (var index = work.picture.z; index < work.picture.z + work.picture.w; index++) {
    sampler_index = reverseBits(index);
    sampler_dimension = 0u;
    let colour = follow_path(pixel, at);
    let luminance = dot(colour, vec3f(0.2126, 0.7152, 0.0722));
    for (var axis = 0u; axis < 3u; axis++) { film[at + axis] += colour[axis]; }
    film[at + 3u] += luminance * luminance;
  }
}
