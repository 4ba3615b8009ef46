import Engine
import Faces
import Foundation
public import Media

/// The optical flow between the two consecutive frames that move the logit of a network on flow most
/// toward fake.
public struct FlowEvidence: ClipEvidence, Equatable {
  /// The logit of each pair of consecutive frames by itself; their mean is that of all.
  public let logits: [Double]
  /// The pair that is shown, from 0.
  public let pair: Int
  /// The numbers of its frames in the source, from 0, and the time of the first in seconds; nil where they
  /// are not known.
  public let numbers: [Int]?
  public let time: Double?
  /// How far each pixel of what the network sees moves to the right and down, in its pixels, row by row.
  public let field: [SIMD2<Float>]
  /// Both frames, as far as the network sees them.
  private let pictures: [Image]

  /// - Parameters:
  ///   - network: one that begins with `OpticalFlow`, and takes the mean over time of what follows.
  ///   - frames: as many as the network looks at.
  init(_ network: DetectorNetwork, _ input: DetectorInput, _ frames: [FaceClip.Frame]) {
    let steps = network.body.steps
    let seen = NetworkDetector.pictures(frames.map(\.crop), input)
    let fields = steps[0].layer(seen.reshaped(to: network.inputShape(1)))
    let rest = Sequential(children: Array(steps.dropFirst()))
    let size = fields.count / (frames.count - 1)
    let values = fields.values
    let each = (0..<frames.count - 1).map { pair in
      Array(values[pair * size..<(pair + 1) * size])
    }
    let logits = each.map { field in
      Double(rest(Tensor(shape: [1, 1] + fields.shape.dropFirst(2), values: field)).values[0])
    }
    let pair = logits.indices.max { logits[$0] < logits[$1] } ?? 0
    (self.logits, self.pair) = (logits, pair)
    field = stride(from: 0, to: size, by: 2).map { [values = each[pair]] in
      SIMD2(values[$0], values[$0 + 1])
    }
    let own = frames[pair...pair + 1]
    let known = own.compactMap(\.number)
    (numbers, time) = (known.count == 2 ? known : nil, frames[pair].time)
    pictures = own.map { frame in
      let side = max(1, Int((Double(frame.crop.width) * input.share).rounded()))
      let margin = (frame.crop.width - side) / 2
      return frame.crop.cropped(x: margin, y: margin, width: side, height: side)
    }
  }

  /// The lengths of the displacements: their mean, and what 99 % of them do not exceed.
  private var lengths: (mean: Double, most: Double) {
    let lengths = field.map { Double(($0 * $0).sum().squareRoot()) }.sorted()
    guard !lengths.isEmpty else { return (0, 0) }
    return (
      lengths.reduce(0, +) / Double(lengths.count), lengths[(lengths.count - 1) * 99 / 100]
    )
  }

  /// Such as `frames 12 and 13`.
  private var place: String {
    let names = numbers ?? [pair + 1, pair + 2]
    return "frames \(names[0]) and \(names[1])"
  }

  public var title: String { "Optical flow" }

  public func sentence(of who: String) -> String {
    let (mean, most) = lengths
    let logit = logits.reduce(0, +) / Double(max(logits.count, 1))
    return
      "Optical flow: of \(logits.count) pairs of frames, \(place) move the logit of \(who) most toward fake "
      + "(\(signed(logits[pair])) alone, \(signed(logit)) with all); there, its pixels move by "
      + "\(two(mean)) pixels on average, and 99 % of them by no more than \(two(most))."
  }

  public var measurements: [EvidenceMeasurement] {
    let (mean, most) = lengths
    return [
      EvidenceMeasurement("mean displacement, pixels", mean),
      EvidenceMeasurement("displacement that 99 % do not exceed, pixels", most),
    ] + logits.enumerated().map { EvidenceMeasurement("pair \($0 + 1): logit", $1) }
  }

  public var caption: String {
    """
    The pair of frames whose optical flow moves the logit most toward fake, and that flow: the color of the \
    wheel tells the direction, and its strength the distance, up to that at the rim. Gray does not move.
    """
  }

  public func drawn() throws(MediaError) -> Image {
    let most = max(lengths.most, 0.25)
    let side = Int(Double(field.count).squareRoot())
    let flow = FlowEvidence.picture(field.map { $0 / Float(most) }, side: side)
    let wheelSide = 128
    let wheel = (0..<wheelSide * wheelSide).map { place -> SIMD2<Float> in
      let (row, column) = place.quotientAndRemainder(dividingBy: wheelSide)
      return (SIMD2(Float(column), Float(row)) + 0.5) / (Float(wheelSide) / 2) - 1
    }
    return try ContactSheet(
      title: "",
      columns: [
        "first frame", "second frame", "optical flow", "wheel: rim is \(two(most)) pixels",
      ],
      rows: [
        ContactSheet.Row(
          "", pictures + [flow, FlowEvidence.picture(wheel, side: wheelSide, isRound: true)])
      ], cellSize: 210
    ).drawn()
  }

  /// Displacements of lengths up to 1 as colors: the hue is the direction, gray is none.
  private static func picture(
    _ field: [SIMD2<Float>], side: Int, isRound: Bool = false
  ) -> Image {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(3 * field.count)
    for away in field {
      let length = (away * away).sum().squareRoot()
      guard !isRound || length <= 1 else {
        pixels += [255, 255, 255]
        continue
      }
      let angle = atan2(away.y, away.x)
      // Three cosines a third of a turn apart: right is red, down and left is green, up and left is blue.
      for channel in 0..<3 {
        let wave = cos(angle - Float(channel) * 2 * .pi / 3)
        pixels.append(UInt8(min(max(128 + 127 * min(length, 1) * wave, 0), 255)))
      }
    }
    return Image(width: side, height: side, pixels: pixels)
  }

  private func two(_ value: Double) -> String { String(format: "%.2f", value) }
  private func signed(_ value: Double) -> String { String(format: "%+.2f", value) }
}
