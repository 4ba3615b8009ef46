public import Faces

extension Scene {
  /// Renders this scene with its ground truth.
  ///
  /// The same scene gives the same bits, on any thread.
  ///
  /// - Parameters:
  ///   - side: the side of the picture in pixels.
  ///   - isClean: true omits the sensor's noise and pattern, and JPEG.
  public func rendered(side: Int = 256, isClean: Bool = false) -> Portrait {
    precondition(side > 0, "no picture has a side of \(side)")
    let head = Head(identity, expression, pose, pulse: pulse)
    let dressing = Dressing(head.form)
    let meshes = head.meshes + dressing.head.map(head.turned) + dressing.body
    return Renderer(self, side: side).portrait(
      of: meshes, landmarks: head.landmarks, isClean: isClean)
  }
}
