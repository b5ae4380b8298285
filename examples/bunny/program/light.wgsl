// Sampler, stage and lights: sampler.ts, stage.ts and lights.ts in the language of the GPU.
// The names in capitals are the values of scene.ts, written in front of this text by sceneConstants.ts.

const PI = 3.14159265;
const FAR = 1e30;

struct Ray { origin: vec3f, direction: vec3f }
struct Glow { distance: f32, radiance: vec3f }
struct LightSample { direction: vec3f, distance: f32, radiance: vec3f }
struct StageHit { distance: f32, normal: vec3f }

var<private> sampler_seed: u32;
var<private> sampler_index: u32;
var<private> sampler_dimension: u32;

fn hash(value: u32) -> u32 {
  let state = value * 747796405u + 2891336453u;
  let word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
  return (word >> 22u) ^ word;
}

fn permute(reversed: u32, seed: u32) -> u32 {
  var value = reversed;
  value ^= value * 0x3d20adeau;
  value += seed;
  value *= (seed >> 16u) | 1u;
  value ^= value * 0x05526c56u;
  return value ^ (value * 0x53a22864u);
}

fn scramble(value: u32, seed: u32) -> u32 {
  return reverseBits(permute(reverseBits(value), seed));
}

fn second_sobol(first: u32) -> u32 {
  var value = first;
  value ^= (value & 0x0000ffffu) << 16u;
  value ^= (value & 0x00ff00ffu) << 8u;
  value ^= (value & 0x0f0f0f0fu) << 4u;
  value ^= (value & 0x33333333u) << 2u;
  return value ^ ((value & 0x55555555u) << 1u);
}

fn next_pair() -> vec2f {
  sampler_dimension++;
  let pair_seed = hash(sampler_seed + sampler_dimension * 0x9e3779b9u);
  let first = permute(sampler_index, pair_seed);
  let u = scramble(first, hash(pair_seed ^ 0x68bc21ebu));
  let v = scramble(second_sobol(first), hash(pair_seed ^ 0x02e5be93u));
  return vec2f(vec2u(u >> 8u, v >> 8u)) / 16777216.0;
}

fn hit_stage(ray: Ray) -> StageHit {
  let o = ray.origin;
  let d = ray.direction;
  let bend_z = STAGE_WALL_Z + STAGE_RADIUS;
  let to_floor = select(FAR, -o.y / d.y, d.y < 0.0);
  if (to_floor < FAR && o.z + d.z * to_floor >= bend_z) { return StageHit(to_floor, vec3f(0.0, 1.0, 0.0)); }
  let to_wall = select(FAR, (STAGE_WALL_Z - o.z) / d.z, d.z < 0.0);
  let wall_y = o.y + d.y * to_wall;
  if (to_wall < FAR && wall_y >= STAGE_RADIUS) {
    return StageHit(select(FAR, to_wall, wall_y < STAGE_TOP), vec3f(0.0, 0.0, 1.0));
  }
  if (to_floor == FAR && to_wall == FAR) { return StageHit(FAR, vec3f(0.0)); }
  let p = vec2f(o.y - STAGE_RADIUS, o.z - bend_z);
  let a = dot(d.yz, d.yz);
  let b = dot(p, d.yz);
  let root = b * b - a * (dot(p, p) - STAGE_RADIUS * STAGE_RADIUS);
  if (root < 0.0 || a == 0.0) { return StageHit(FAR, vec3f(0.0)); }
  let distance = (sqrt(root) - b) / a;
  if (distance <= 0.0) { return StageHit(FAR, vec3f(0.0)); }
  return StageHit(distance, vec3f(0.0, -(p + d.yz * distance) / STAGE_RADIUS));
}

fn sample_softbox(corner: vec3f, across: vec3f, up: vec3f, radiance: vec3f, chance: f32, from_: vec3f, uv: vec2f) -> LightSample {
  let face = cross(across, up);
  let area = length(face);
  let path = corner + across * uv.x + up * uv.y - from_;
  let distance = length(path);
  let direction = path / distance;
  let facing = -dot(face, direction) / area;
  let weight = select(0.0, facing * area / (distance * distance * chance), facing > 0.0);
  return LightSample(direction, distance, radiance * weight);
}

fn sample_firefly(from_: vec3f, uv: vec2f) -> LightSample {
  let centre = FIREFLY_CENTRE - from_;
  let squared = max(dot(centre, centre), FIREFLY_RADIUS * FIREFLY_RADIUS);
  let path = centre + sphere_point(uv) * FIREFLY_RADIUS;
  let distance = length(path);
  let sine2 = FIREFLY_RADIUS * FIREFLY_RADIUS / squared;
  // 1 - sqrt(1 - x) without the cancellation that 32 bits would show.
  let cap = sine2 / (1.0 + sqrt(max(0.0, 1.0 - sine2)));
  let weight = 2.0 * PI * cap / (1.0 - KEY_CHANCE - RIM_CHANCE);
  return LightSample(path / distance, distance - FIREFLY_RADIUS, FIREFLY_RADIANCE * weight);
}

fn sample_light(from_: vec3f, pick: f32, uv: vec2f) -> LightSample {
  if (pick < KEY_CHANCE) { return sample_softbox(KEY_CORNER, KEY_ACROSS, KEY_UP, KEY_RADIANCE, KEY_CHANCE, from_, uv); }
  if (pick < KEY_CHANCE + RIM_CHANCE) {
    return sample_softbox(RIM_CORNER, RIM_ACROSS, RIM_UP, RIM_RADIANCE, RIM_CHANCE, from_, uv);
  }
  return sample_firefly(from_, uv);
}

fn meet_softbox(corner: vec3f, across: vec3f, up: vec3f, radiance: vec3f, ray: Ray, nearest: Glow) -> Glow {
  let face = cross(across, up);
  let facing = dot(face, ray.direction);
  if (facing >= 0.0) { return nearest; }
  let to_corner = corner - ray.origin;
  let distance = dot(face, to_corner) / facing;
  if (!(distance > 0.0 && distance < nearest.distance)) { return nearest; }
  let p = ray.direction * distance - to_corner;
  let uv = vec2f(dot(p, across) / dot(across, across), dot(p, up) / dot(up, up));
  if (any(uv < vec2f(0.0)) || any(uv > vec2f(1.0))) { return nearest; }
  return Glow(distance, radiance);
}

fn look_into_lights(ray: Ray) -> Glow {
  var glow = Glow(FAR, vec3f(0.0));
  glow = meet_softbox(KEY_CORNER, KEY_ACROSS, KEY_UP, KEY_RADIANCE, ray, glow);
  glow = meet_softbox(RIM_CORNER, RIM_ACROSS, RIM_UP, RIM_RADIANCE, ray, glow);
  let centre = FIREFLY_CENTRE - ray.origin;
  let along = dot(centre, ray.direction);
  let off_axis = centre - ray.direction * along;
  let root = FIREFLY_RADIUS * FIREFLY_RADIUS - dot(off_axis, off_axis);
  if (root >= 0.0 && along > 0.0 && along < glow.distance) { return Glow(along - sqrt(root), FIREFLY_RADIANCE); }
  return glow;
}

fn look_into_sky(height: f32) -> vec3f {
  return mix(SKY_LOW, SKY_HIGH, 0.5 + 0.5 * height);
}

fn sphere_point(uv: vec2f) -> vec3f {
  let z = 1.0 - 2.0 * uv.x;
  let flat_ = sqrt(max(0.0, 1.0 - z * z));
  return vec3f(cos(2.0 * PI * uv.y) * flat_, sin(2.0 * PI * uv.y) * flat_, z);
}
