/// One picture of a labeled set: a line of `manifest.jsonl`.
///
/// In JSON the keys are in order, and what is not known is absent.
public struct Sample: Codable, Equatable, Sendable {
  /// The picture, below the folder of the set.
  public var path: String
  /// Whether it is fake.
  public var label: Label
  /// What it may be used for.
  public var split: Split
  /// Everyone whose face is in it: first whose picture it was, then whose face was put there.
  public var identities: [String]
  /// The clips or folders that its pixels come from, in the order of `identities`.
  public var clips: [String]
  /// The frame of the first clip, from 0.
  public var frame: Int?
  /// How it was forged, such as `swap`, or `real`.
  public var method: String
  /// What the forgery was drawn as, by the names that the method documents.
  public var parameters: [String: ParameterValue]?
  /// What was done to the picture afterwards, in order; real and fake draw alike.
  public var degradations: [Degradation]?
  /// The 68 points of iBUG 300-W, in pixels of the picture.
  public var landmarks: [SIMD2<Float>]?
  /// The picture of the blending boundary, below the folder of the set.
  public var boundary: String?
  /// What the sample's chance followed from.
  public var seed: UInt64?
  /// The SHA-256 of the picture's file, in hexadecimal digits.
  public var hash: String?

  /// A sample that says no more than every sample must.
  public init(
    path: String, label: Label, split: Split, identities: [String], clips: [String], method: String
  ) {
    (self.path, self.label, self.split) = (path, label, split)
    (self.identities, self.clips, self.method) = (identities, clips, method)
  }
}
