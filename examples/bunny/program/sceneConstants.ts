import { scene, type Vector } from './scene.ts'

/** Writes the scene as WGSL constants, one a value: `stage.wallZ` becomes `STAGE_WALL_Z`. */
export function writeSceneConstants(): string {
  const lines = Object.entries(scene).flatMap(([thing, values]) =>
    Object.entries<number | Vector>(values).map(([name, value]) => {
      const constant = `${thing}_${name.replace(/[A-Z]/g, (letter) => `_${letter}`)}`.toUpperCase()
      return `const ${constant} = ${typeof value === 'number' ? `f32(${value})` : `vec3f(${value.join(', ')})`};`
    }),
  )
  return lines.join('\n')
}
