/// Signs marked files.
public protocol MarkSeal: Sendable {
  /// The file of a marked picture, JPEG or PNG, with credentials.
  func sealed(_ file: [UInt8], _ mark: Mark) throws(MediaError) -> [UInt8]

  /// Gives a finished video its credentials.
  ///
  /// - Parameters:
  ///   - path: where the file is for now.
  ///   - name: the path that it will have.
  func seal(videoAt path: String, named name: String, _ mark: Mark) throws(MediaError)
}
