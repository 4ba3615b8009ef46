public import Engine
public import Faces
public import Media

/// Forges clips: every frame by the same method with the same parameters, as tools do that treat
/// each frame by itself, with errors that differ from frame to frame.
///
/// The random source of all frames is the same, so that their parameters are. Where a method takes
/// another frame of the clip, it is one at a constant distance in time; where it takes a donor, it
/// is the same clip of another identity, frame by frame.
public struct ClipForger: Sendable {
  private let forger: Forger
  private let jitter: FrameJitter

  /// A forger with the models and strengths of another one.
  public init(_ forger: Forger, jitter: FrameJitter) {
    (self.forger, self.jitter) = (forger, jitter)
  }

  /// The forgery of consecutive frames; nil if a frame lacks what the method needs.
  ///
  /// - Parameters:
  ///   - frames: 256×256, of one clip, each with its number.
  ///   - donor: as many frames of another identity; nil for a method without donors.
  ///   - randomness: the source of all random values; the same source gives the same pixels on any
  ///     thread.
  public func forgery(
    _ method: ForgeryMethod, of frames: [RealFace], donor: [RealFace]?, randomness: RandomSource
  ) -> ClipForgery? {
    precondition(
      !frames.isEmpty && donor?.count ?? frames.count == frames.count, "\(frames.count) frames")
    var chance = randomness.split(1)
    let errors = jitter.drawn(frames.count, chance: &chance)
    let distance = frames.count > 1 ? 1 + Int(chance.next() % UInt64(frames.count - 1)) : 0
    var (images, first): ([Image], Forgery?) = ([], nil)
    for (index, frame) in frames.enumerated() {
      let error = errors.frames[index]
      let other = frames[(index + distance) % frames.count]
      let own = method.needs.contains(.model) ? frame.moved(by: error) : frame.mislocated(by: error)
      let faces = [own, other] + (donor.map { [$0[index]] } ?? [])
      guard
        var made = Forger(
          faces: faces, models: forger.models, autoencoders: forger.autoencoders,
          strengths: forger.strengths
        ).forgery(
          method, of: 0, donors: donor == nil ? [] : [2], randomness: randomness.split(0))
      else { return nil }
      if method.needs.contains(.model) { made.moveBack(onto: frame, error: error) }
      images.append(made.image.lit(by: error.light, mask: made.mask))
      first = first ?? made
    }
    guard let first else { return nil }
    return ClipForgery(
      frames: images, parameters: first.parameters.merging(errors.parameters) { $1 },
      identity: first.identity)
  }
}

/// A forged clip.
public struct ClipForgery: Equatable, Sendable {
  /// The frames, 256×256; outside the mask they equal the real ones, to the bit.
  public var frames: [Image]
  /// The random parameters, by the names that the method documents, and those of `FrameJitter`:
  /// `landmark_jitter`, `shift_jitter`, `shift_drift`, `light_jitter`.
  public var parameters: [String: ParameterValue]
  /// The identity of the inserted face, if it is another person or a model's version of one.
  public var identity: String?
}

/// How much the work of a tool that treats every frame by itself differs from frame to frame.
///
/// Tools locate the face and match its colors in each frame anew. The error of the location has a
/// part that drifts and one that is independent in each frame. Each strength is drawn once for a
/// clip.
public struct FrameJitter: Codable, Equatable, Sendable {
  /// The standard deviation of each landmark's independent error, in pixels of 256×256.
  public var landmarks = StrengthRange(0, 1)
  /// The standard deviation of the whole face's independent shift, in pixels of 256×256.
  public var shift = StrengthRange(0, 0.8)
  /// The standard deviation of the whole face's drifting shift, in pixels of 256×256.
  public var drift = StrengthRange(0, 2)
  /// The standard deviation of the forged region's brightness, in levels of 0…255.
  public var light = StrengthRange(0, 1.5)

  /// From a tool that smooths its landmarks to one that does not.
  public init() {}

  /// No difference between frames.
  public static var none: FrameJitter {
    var jitter = FrameJitter()
    for range in ranges { jitter[keyPath: range.path] = StrengthRange(0, 0) }
    return jitter
  }

  /// The correlation of the drifts of successive frames.
  private static let persistence = 0.95

  private static let ranges:
    [(name: String, path: any WritableKeyPath<FrameJitter, StrengthRange> & Sendable)] = [
      ("landmarks", \.landmarks), ("shift", \.shift), ("drift", \.drift), ("light", \.light),
    ]

  /// Which value is out of range, to be used inside a sentence; nil if none is.
  ///
  /// - Parameter path: the key of the values in a recipe.
  public func fault(at path: String) -> String? {
    for range in FrameJitter.ranges {
      let values = self[keyPath: range.path]
      for value in [values.least, values.greatest] where !(0...16).contains(value) {
        return "'\(path).\(range.name)' must be between 0 and 16, not \(value)"
      }
    }
    return nil
  }

  /// The errors of a clip's frames, and their strengths.
  fileprivate func drawn(_ count: Int, chance: inout RandomSource) -> Errors {
    let landmark = landmarks.drawn(from: &chance)
    let (independent, drifting) = (shift.drawn(from: &chance), drift.drawn(from: &chance))
    let brightness = light.drawn(from: &chance)
    func pair(_ deviation: Double) -> SIMD2<Double> {
      SIMD2(chance.normal(deviation: deviation), chance.normal(deviation: deviation))
    }
    let kept = FrameJitter.persistence
    var slow = pair(drifting)
    let frames = (0..<count).map { index in
      if index > 0 { slow = slow * kept + pair(drifting) * (1 - kept * kept).squareRoot() }
      return FrameError(
        shift: slow + pair(independent),
        landmarks: (0..<FaceEntry.landmarkCount).map { _ in SIMD2<Float>(pair(landmark)) },
        light: Float(chance.normal(deviation: brightness)))
    }
    return Errors(
      frames: frames,
      parameters: [
        "landmark_jitter": .number(landmark), "shift_jitter": .number(independent),
        "shift_drift": .number(drifting), "light_jitter": .number(brightness),
      ])
  }
}

/// The errors of all frames of a clip.
private struct Errors {
  let frames: [FrameError]
  /// The strengths that they were drawn with.
  let parameters: [String: ParameterValue]
}

/// The errors of one frame.
private struct FrameError {
  /// How far off the whole face is located, in pixels.
  let shift: SIMD2<Double>
  /// How much farther off each landmark is.
  let landmarks: [SIMD2<Float>]
  /// What is added to the forged region, in levels of 0…255.
  let light: Float
}

extension RealFace {
  /// The face with landmarks that are off.
  fileprivate func mislocated(by error: FrameError) -> RealFace {
    var result = self
    result.landmarks = landmarks.map { points in
      zip(points, error.landmarks).map { $0 + SIMD2<Float>(error.shift) + $1 }
    }
    return result
  }

  /// The face as a crop at a place that is off shows it.
  fileprivate func moved(by error: FrameError) -> RealFace {
    var result = self
    result.image = image.shifted(by: error.shift)
    result.landmarks = landmarks.map { points in points.map { $0 - SIMD2<Float>(error.shift) } }
    return result
  }
}

extension Forgery {
  /// Puts a forgery of `moved(by:)` back to its place in the frame.
  fileprivate mutating func moveBack(onto frame: RealFace, error: FrameError) {
    let spacing = 64
    let side = Displacement.points(over: mask.width, spacing: spacing)
    func constant(_ value: Double) -> Plane {
      Plane(
        width: side, height: side, values: [Float](repeating: Float(value), count: side * side))
    }
    mask = mask.displaced(
      by: Displacement(
        across: constant(-error.shift.x), down: constant(-error.shift.y), spacing: spacing))
    image = frame.image.mixed(with: image.shifted(by: -error.shift), by: mask)
  }
}

extension Image {
  /// The picture from a place that is `shift` pixels to the right and below.
  fileprivate func shifted(by shift: SIMD2<Double>) -> Image {
    warped(
      columnX: SIMD2(1, 0), columnY: SIMD2(0, 1), origin: shift, width: width, height: height)
  }

  /// The picture with brightness added where the mask is.
  fileprivate func lit(by light: Float, mask: Plane) -> Image {
    guard light != 0 else { return self }
    var result = self
    for (place, share) in mask.values.enumerated() where share > 0 {
      for part in place * 3..<place * 3 + 3 {
        let value = Float(pixels[part]) + light * share
        result.pixels[part] = UInt8(min(max(value.rounded(), 0), 255))
      }
    }
    return result
  }
}
