public import Faces

extension FaceEntry {
  /// The line of a rendered picture, with exact landmarks and all scene parameters.
  ///
  /// - Parameters:
  ///   - file: the picture's name in its folder.
  ///   - identity: the person's name.
  public init(file: String, identity: String, _ portrait: Portrait, _ scene: Scene) {
    self.init(file: file, landmarks: portrait.landmarks.map(\.position))
    visible = portrait.landmarks.map(\.isVisible)
    pose = scene.pose
    self.identity = identity
    self.scene = scene
  }
}
