/// One picture of a labeled dataset: a line of `manifest.jsonl`.
///
/// In JSON the keys are sorted, and unknown values are omitted.
public struct Sample: Codable, Equatable, Sendable {
  /// The picture, below the dataset's folder.
  public var path: String
  /// Whether it is fake.
  public var label: Label
  /// The split.
  public var split: Split
  /// All identities in it: first that of the original picture, then the inserted one.
  public var identities: [String]
  /// The clips or folders that its pixels come from, in the order of `identities`.
  public var clips: [String]
  /// The frame of the first clip, from 0.
  public var frame: Int?
  /// The forgery method, such as `swap`, or `real`.
  public var method: String
  /// The forgery's random parameters, by the names that the method documents.
  public var parameters: [String: ParameterValue]?
  /// The degradations of the picture, in order; real and fake samples use the same distribution.
  public var degradations: [Degradation]?
  /// The 68 points of iBUG 300-W, in pixels of the picture.
  public var landmarks: [SIMD2<Float>]?
  /// The picture of the blending boundary, below the dataset's folder.
  public var boundary: String?
  /// The seed of the sample's random values.
  public var seed: UInt64?
  /// The SHA-256 of the picture's file, in hexadecimal digits.
  public var hash: String?

  /// A sample with only the required values.
  public init(
    path: String, label: Label, split: Split, identities: [String], clips: [String], method: String
  ) {
    (self.path, self.label, self.split) = (path, label, split)
    (self.identities, self.clips, self.method) = (identities, clips, method)
  }
}
