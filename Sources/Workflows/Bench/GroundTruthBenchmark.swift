import Engine
import Faces
import Foundation
public import Generation
import Media
import Synthesis

/// The ground truth metrics of faces whose answer is known.
///
/// For pairs of synthetic people, faces that a swap could resemble are made and measured like
/// swaps.
public struct GroundTruthBenchmark: Sendable {
  /// The number of pairs of people; each in `pictures` scenes.
  public var pairs = 12
  /// Scenes per pair.
  public var pictures = 5
  /// The random seed.
  public var seed: UInt64 = 1

  /// A dozen pairs.
  public init() {}

  /// One kind of face, with its mean metrics over all pairs and scenes.
  public struct Row: Encodable, Equatable, Sendable {
    /// A description of the face.
    public let face: String
    /// Its metrics.
    public let metrics: GroundTruthMetrics
    /// The standard deviation of the identity over pictures.
    public let identityDeviation: Double
  }

  /// Renders and measures.
  public func measure() throws -> [Row] {
    let finder = try FaceFinder()
    let all = (0..<pairs).map { pair in
      let scenes = ThreadPool.map(pictures) { scene(pair, $0) }
      let direction = GroundTruthDirection(scenes.map(\.case), to: .b) {
        try? finder.landmarks(in: $0, near: $1)
      }
      let faces = LookAlikes(
        of: direction.swaps, source: Crop.faces(of: scenes.map(\.source)),
        third: Crop.faces(of: scenes.map(\.third)))
      return faces.all.map { ($0.0, direction.metrics(of: $0.1)) }
    }
    return all[0].indices.map { kind in
      let metrics = all.flatMap { $0[kind].1 }
      let mean = GroundTruthMetrics.mean(of: metrics)
      let squares = metrics.reduce(0) { $0 + pow($1.identity - mean.identity, 2) }
      return Row(
        face: all[0][kind].0, metrics: mean,
        identityDeviation: (squares / Double(metrics.count)).squareRoot())
    }
  }

  /// A scene of the first person of a pair, with the second and with a third one.
  private func scene(_ pair: Int, _ number: Int) -> (
    case: GroundTruthScene, source: Image, third: Image
  ) {
    let people = (0..<3).map {
      SceneSource(
        seed: seed, person: 3 * pair + $0, kind: .portraits,
        poses: PoseRange(degrees: 30, 12, 8))
    }
    var scene = people[0].scene(number * SceneSource.clipLength)
    let picture = scene.rendered(side: Crop.pictureSide).image
    let portraits = people.map { person in
      scene.identity = person.identity
      return scene.rendered(side: Crop.pictureSide, isClean: true)
    }
    return (
      GroundTruthScene(picture: picture, truth: portraits[1], clip: nil),
      portraits[0].image, portraits[2].image
    )
  }
}

/// Faces that a swap could resemble.
private struct LookAlikes {
  let all: [(String, Tensor)]

  init(of swaps: GroundTruthSwaps, source: Tensor, third: Tensor) {
    let truth = swaps.truths
    func mixed(_ share: Float) -> Tensor {
      Tensor(
        shape: truth.shape,
        values: zip(truth.values, source.values).map { share * $0 + (1 - share) * $1 })
    }
    all = [
      ("ground truth", truth),
      ("ground truth, blurred by a pixel", LookAlikes.blurred(truth, 1)),
      ("ground truth, blurred by two pixels", LookAlikes.blurred(truth, 2)),
      ("ground truth, shifted right by a pixel", LookAlikes.shifted(truth)),
      ("three quarters ground truth, one quarter original", mixed(0.75)),
      ("half ground truth, half original", mixed(0.5)),
      ("original in ground truth's colors", LookAlikes.recolored(source, like: truth)),
      ("original, as the model gets it", swaps.inputs),
      ("original without noise and JPEG", source),
      ("a third person", third),
      ("uniform gray", Tensor(shape: truth.shape, values: truth.values.map { _ in 0.5 })),
    ]
  }

  /// Each channel of each picture rescaled to the other's mean and standard deviation.
  private static func recolored(_ faces: Tensor, like others: Tensor) -> Tensor {
    var values = faces.values
    let wanted = others.values
    let size = faces.shape[1] * faces.shape[2] * 3
    for channel in 0..<faces.shape[0] * 3 {
      let places = stride(
        from: channel / 3 * size + channel % 3, to: (channel / 3 + 1) * size, by: 3)
      func statistics(_ values: [Float]) -> (mean: Float, deviation: Float) {
        let mean = places.reduce(0) { $0 + values[$1] } / Float(size / 3)
        let squares = places.reduce(0) { $0 + (values[$1] - mean) * (values[$1] - mean) }
        return (mean, (squares / Float(size / 3)).squareRoot())
      }
      let (own, other) = (statistics(values), statistics(wanted))
      for place in places {
        values[place] = (values[place] - own.mean) / own.deviation * other.deviation + other.mean
      }
    }
    return Tensor(shape: faces.shape, values: values)
  }

  /// A Gaussian blur over rows and columns; edge pixels repeat.
  private static func blurred(_ faces: Tensor, _ deviation: Double) -> Tensor {
    let reach = Int(3 * deviation)
    let weights = (-reach...reach).map { exp(-Double($0 * $0) / (2 * deviation * deviation)) }
    let sum = weights.reduce(0, +)
    let (rows, columns) = (faces.shape[1], faces.shape[2])
    func pass(_ values: [Float], _ dx: Int, _ dy: Int) -> [Float] {
      values.indices.map { at in
        let (pixel, channel) = (at / 3, at % 3)
        let (x, y, n) = (
          pixel % columns, pixel / columns % rows, pixel / columns / rows
        )
        var result = 0.0
        for step in -reach...reach {
          let column = min(max(x + step * dx, 0), columns - 1)
          let row = min(max(y + step * dy, 0), rows - 1)
          result +=
            weights[step + reach]
            * Double(values[((n * rows + row) * columns + column) * 3 + channel])
        }
        return Float(result / sum)
      }
    }
    return Tensor(shape: faces.shape, values: pass(pass(faces.values, 1, 0), 0, 1))
  }

  private static func shifted(_ faces: Tensor) -> Tensor {
    let values = faces.values
    return Tensor(
      shape: faces.shape,
      values: values.indices.map { $0 / 3 % faces.shape[2] == 0 ? values[$0] : values[$0 - 3] })
  }
}
