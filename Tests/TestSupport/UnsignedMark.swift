public import Media

/// A seal that leaves files as they are, for tests of everything else.
public struct NoSeal: MarkSeal {
  public init() {}

  public func sealed(_ file: [UInt8], _ mark: Mark) throws(MediaError) -> [UInt8] { file }

  public func seal(videoAt path: String, named name: String, _ mark: Mark) throws(MediaError) {}
}

extension Mark {
  /// The mark of a trained model, without credentials.
  public static func synthetic(by software: String) -> Mark {
    Mark(.trained, by: software, sealedBy: NoSeal())
  }

  /// The mark of renders, without credentials.
  public static func rendered(by software: String) -> Mark {
    Mark(.rendered, by: software, sealedBy: NoSeal())
  }
}
