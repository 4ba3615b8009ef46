extension FaceEntry {
  /// The line of a rendered picture: its points and what it follows from, all exact.
  ///
  /// - Parameters:
  ///   - file: what the picture is called in its folder.
  ///   - identity: what the person is called.
  public init(file: String, identity: String, _ portrait: Portrait, _ scene: Scene) {
    self.init(file: file, landmarks: portrait.landmarks.map(\.position))
    visible = portrait.landmarks.map(\.isVisible)
    pose = scene.pose
    self.identity = identity
    self.scene = scene
  }
}
