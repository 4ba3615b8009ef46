import Media

/// Draws one scene.
struct Renderer {
  let scene: Scene
  /// The pixels along a side of the picture.
  let side: Int
  /// The samples along a side of a pixel.
  static let samplesPerPixel = 2
  private let view: View

  init(_ scene: Scene, side: Int) {
    self.scene = scene
    self.side = side
    view = View(scene.camera, pose: scene.pose, side: side * Renderer.samplesPerPixel)
  }

  /// The picture and its truth.
  ///
  /// - Parameters:
  ///   - meshes: what is before the camera, in the world: the head in its pose.
  ///   - landmarks: the 68 points in the world.
  ///   - isClean: true leaves out the sensor's noise and JPEG.
  func portrait(of meshes: [Mesh], landmarks: [SIMD3<Float>], isClean: Bool) -> Portrait {
    let figure = Figure(meshes)
    var grid = SampleGrid(
      width: side * Renderer.samplesPerPixel, height: side * Renderer.samplesPerPixel)
    grid.draw(figure, screen: figure.positions.map { view.screen($0) })
    let lighting = Lighting(scene.light)
    let shader = Shader(figure: figure, view: view, lighting: lighting)
    let frame = Frame(grid, figure: figure, side: side, backdrop: scene.backdrop, shader: shader)
    let film = Film(scene.camera, exposure: scene.light.exposure)
    return Portrait(
      image: film.developed(frame.colours, side: side, isClean: isClean),
      landmarks: landmarks.map { landmark(at: $0, grid) }, mask: frame.mask, depth: frame.depth)
  }

  private func landmark(at point: SIMD3<Float>, _ grid: SampleGrid) -> Landmark {
    let screen = view.screen(point)
    let position = SIMD2(screen.x, screen.y) / Float(Renderer.samplesPerPixel)
    return Landmark(position: position, isVisible: true)
  }
}
