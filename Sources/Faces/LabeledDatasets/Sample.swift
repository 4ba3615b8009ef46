/// One labeled picture or clip: a line of `manifest.jsonl`.
///
/// In JSON the keys are sorted, and unknown values are omitted.
public struct Sample: Codable, Equatable, Sendable {
  /// The picture, or a clip's folder, below the dataset's folder.
  public var path: String
  /// The frames of a clip, in temporal order; nil for a picture.
  public var frames: [SampleFrame]?
  /// The frame rate of the clip's source, in frames/s; nil for a picture.
  public var rate: Double?
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
  /// The SHA-256 of the picture's file, in hexadecimal digits; a clip's frames have their own.
  public var hash: String?

  /// A sample with only the required values.
  public init(
    path: String, label: Label, split: Split, identities: [String], clips: [String], method: String
  ) {
    (self.path, self.label, self.split) = (path, label, split)
    (self.identities, self.clips, self.method) = (identities, clips, method)
  }

  /// Gives the sample another path; the frames of a clip become numbered pictures in a folder of that
  /// name without its ending.
  public mutating func rename(to path: String) {
    guard let frames else {
      self.path = path
      return
    }
    let folder = path.lastIndex(of: ".").map { String(path[..<$0]) } ?? path
    self.path = folder
    self.frames = frames.enumerated().map { number, frame in
      var frame = frame
      let ending = frame.path.lastIndex(of: ".").map { frame.path[$0...] } ?? ""
      frame.path = "\(folder)/\(number + 1)\(ending)"
      return frame
    }
  }

  /// True for consecutive frames of one track, false for a picture.
  public var isClip: Bool { frames != nil }

  /// The sample's pictures, below the dataset's folder, in order.
  public var files: [(path: String, hash: String?)] {
    frames?.map { ($0.path, $0.hash) } ?? [(path, hash)]
  }

  /// Each picture as a sample of its own: itself, or the frames of a clip.
  public var stills: [Sample] {
    guard let frames else { return [self] }
    return frames.map { frame in
      var still = self
      (still.path, still.frame, still.hash) = (frame.path, frame.frame, frame.hash)
      still.landmarks = frame.landmarks
      (still.frames, still.rate) = (nil, nil)
      return still
    }
  }

  /// The picture that stands for the sample where one is shown: itself, or a clip's first frame.
  public var firstPicture: String { frames?.first?.path ?? path }
}
