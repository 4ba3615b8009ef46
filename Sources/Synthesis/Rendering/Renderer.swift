import Faces
import Media

/// Renders one scene.
struct Renderer {
  let scene: Scene
  /// The side of the picture in pixels.
  let side: Int
  /// The samples along a side of a pixel.
  static let samplesPerPixel = 2
  private let view: View

  init(_ scene: Scene, side: Int) {
    self.scene = scene
    self.side = side
    view = View(scene.camera, pose: scene.pose, side: side * Renderer.samplesPerPixel)
  }

  /// The picture and its ground truth.
  ///
  /// - Parameters:
  ///   - meshes: the scene in world space, with the head in its pose.
  ///   - landmarks: the 68 landmarks in world space.
  ///   - isClean: true omits the sensor's noise and pattern, and JPEG.
  func portrait(of meshes: [Mesh], landmarks: [SIMD3<Float>], isClean: Bool) -> Portrait {
    let figure = Figure(meshes)
    let samples = side * Renderer.samplesPerPixel
    var grid = SampleGrid(width: samples, height: samples)
    grid.draw(figure, screen: figure.positions.map { view.screen($0) })
    let lighting = Lighting(
      scene.light, backdrop: scene.backdrop, melanin: scene.identity.skinMelanin)
    let shadows = ShadowMap(
      figure, towards: lighting.direction, middle: SIMD3(view.eye.x, view.eye.y - 1, -6),
      size: lighting.size)
    let places = PixelPlaces(grid, figure: figure, side: side, eye: view.eye)
    let occlusion = Occlusion(places, view: view, shadows: shadows)
    let frame = Frame(
      grid, figure: figure, places: places, view: view, occlusion: occlusion,
      shader: Shader(eye: view.eye, lighting: lighting), backdrop: scene.backdrop.drawn(side: side))
    let film = Film(scene.camera, exposure: scene.light.exposure)
    return Portrait(
      image: film.developed(frame.colors, side: side, isClean: isClean),
      landmarks: landmarks.map { landmark(at: $0, places) }, mask: frame.mask,
      depth: places.distances)
  }

  /// A landmark is occluded if every pixel within one pixel shows something nearer, or if it lies
  /// outside the picture.
  private func landmark(at point: SIMD3<Float>, _ places: PixelPlaces) -> Landmark {
    let screen = view.screen(point)
    let position = SIMD2(screen.x, screen.y) / Float(Renderer.samplesPerPixel)
    guard screen.z > 0, position.min() >= 0, position.max() < Float(side) else {
      return Landmark(position: position, isVisible: false)
    }
    let (x, y) = (Int(position.x), Int(position.y))
    let distance = 1 / screen.z
    for ty in max(0, y - 1)...min(side - 1, y + 1) {
      for tx in max(0, x - 1)...min(side - 1, x + 1)
      where places.distances[ty * side + tx] > distance - Renderer.tolerance {
        return Landmark(position: position, isVisible: true)
      }
    }
    return Landmark(position: position, isVisible: false)
  }

  /// The maximum distance of a surface in front of a landmark that does not occlude it, in
  /// centimeters.
  private static let tolerance: Float = 0.6
}
