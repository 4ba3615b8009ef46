import Foundation
import ONNX

/// How a network that was trained elsewhere is given faces, and how its output is read.
public struct ImportedConvention: Codable, Equatable, Sendable {
  /// The name of the graph's input.
  public var input: String
  /// The order of its dimensions.
  public var layout: Layout
  /// The cut of the crop, its size and normalization.
  public var view: DetectorInput
  /// The consecutive frames that it looks at; 1 for pictures.
  public var frames: Int
  /// Pictures or clips that it takes at once; nil for any number.
  public var batch: Int?
  /// The type of its numbers.
  var type: ElementType
  /// The name of the graph's output.
  public var output: String
  /// How many numbers it has for a picture or clip.
  public var outputs: Int
  /// What they are.
  public var scale: Scale
  /// Which of them is that of fakes, from 0.
  public var fakeOutput: Int

  /// The order of the dimensions of pictures or clips: number, frames (t), channels, height, width.
  public enum Layout: String, CaseIterable, Codable, Sendable {
    case nchw, nhwc, ncthw, ntchw, nthwc

    /// The place of a dimension, by its letter.
    func place(of letter: Character) -> Int? {
      Array(rawValue).firstIndex(of: letter)
    }

    /// Whether it is that of clips.
    public var isOfClips: Bool { rawValue.contains("t") }
  }

  /// What the numbers of an output are.
  public enum Scale: String, Codable, Sendable {
    /// Before a sigmoid or softmax.
    case logits
    /// From 0 to 1.
    case probabilities
  }

  /// The input in words, to follow its name.
  public var inputText: String {
    let lengths = layout.rawValue.map { letter in
      switch letter {
      case "n": batch.map { "\($0)" } ?? "N"
      case "t": "\(frames)"
      case "c": "3"
      default: "\(view.side)"
      }
    }
    func list(_ values: [Float]) -> String { values.map { "\($0)" }.joined(separator: ",") }
    let percent = Int((100 * view.share).rounded())
    let part = percent == 100 ? "the whole crop" : "the middle \(percent) % of the crop"
    return
      "[\(lengths.joined(separator: ", "))] (\(layout.rawValue)), RGB, \(part), "
      + "mean \(list(view.mean)), std \(list(view.deviation))"
  }

  /// The output in words, to follow its name.
  public var outputText: String {
    guard outputs > 1 else {
      return scale == .logits ? "a logit, above 0 for fake" : "the probability of fake"
    }
    return "\(scale.rawValue) of \(outputs) classes; class \(fakeOutput) is fake"
  }

  /// The logit of fake from one picture's or clip's numbers.
  ///
  /// Of several classes, it is that of the softmax probability of fake against all others.
  func logit(of values: ArraySlice<Double>) -> Double {
    let own = values[values.startIndex + fakeOutput]
    let others = values.enumerated().filter { $0.offset != fakeOutput }.map(\.element)
    switch scale {
    case .logits:
      guard let largest = others.max() else { return own }
      return own - largest - log(others.reduce(0) { $0 + exp($1 - largest) })
    case .probabilities:
      let least = ImportedConvention.leastProbability
      let rest = others.isEmpty ? 1 - own : others.reduce(0, +)
      return log(max(own, least)) - log(max(rest, least))
    }
  }

  /// The derivative of `logit` with respect to each of the numbers.
  func slopes(of values: ArraySlice<Double>) -> [Double] {
    let others = values.enumerated().filter { $0.offset != fakeOutput }.map(\.element)
    switch scale {
    case .logits:
      let largest = others.max() ?? 0
      let sum = others.reduce(0) { $0 + exp($1 - largest) }
      return values.enumerated().map { $0 == fakeOutput ? 1 : -exp($1 - largest) / sum }
    case .probabilities:
      let own = values[values.startIndex + fakeOutput]
      let rest = others.isEmpty ? 1 - own : others.reduce(0, +)
      let (up, down) = (
        1 / max(own, ImportedConvention.leastProbability),
        1 / max(rest, ImportedConvention.leastProbability)
      )
      return values.indices.map { index in
        guard index - values.startIndex == fakeOutput else { return -down }
        return others.isEmpty ? up + down : up
      }
    }
  }

  /// A float32 next to 1 is 6e-8 away from it.
  private static let leastProbability = 1e-8
}
