import Detection
import Engine
import Faces
import Foundation
import Generation
import Media
import Records

/// What trains a model, resumable.
protocol PretrainTrainer: RankedTrainer {
  associatedtype Step

  /// The number of completed steps, and of all.
  var iteration: Int { get }
  var iterations: Int { get }
  /// One step; throws if a value is not finite.
  mutating func step() throws(EngineError) -> Step
  /// Writes everything needed to resume, or restores it.
  func save(to path: String, by program: String) throws(EngineError)
  mutating func restore(from path: String) throws(EngineError)
  /// Writes the model alone.
  mutating func saveModel(to path: String, by program: String) throws(EngineError)
}

extension AutoencoderTrainer: PretrainTrainer {
  var iterations: Int { settings.iterations }
}
extension EyeTrainer: PretrainTrainer {
  var iterations: Int { settings.iterations }
}
extension SwapBaseTrainer: PretrainTrainer {
  var iterations: Int { settings.iterations }
}

/// A model in training, as `PretrainRun` drives it.
protocol PretrainTask {
  associatedtype Trainer: PretrainTrainer

  var trainer: Trainer { get set }
  /// Figures on held-out faces by kind, and rows of pictures that show them.
  mutating func evaluation() -> PretrainEvaluation
}

extension PretrainTask {
  /// The number of completed steps, and of all.
  var iteration: Int { trainer.iteration }
  var iterations: Int { trainer.iterations }

  /// Begins the steps together with the other ranks, or makes those of rank 0, or ends them.
  mutating func lead() { trainer.lead() }
  mutating func follow() { trainer.follow() }
  func dismiss() { trainer.dismiss() }

  /// One step; throws if a value is not finite.
  mutating func step() throws(EngineError) { _ = try trainer.step() }

  /// Writes everything needed to resume.
  func save(to path: String) throws(EngineError) { try trainer.save(to: path, by: Program.name) }

  /// Restores what `save` wrote.
  mutating func restore(from path: String) throws(EngineError) { try trainer.restore(from: path) }

  /// Writes the model alone.
  mutating func saveModel(to path: String) throws(EngineError) {
    try trainer.saveModel(to: path, by: Program.name)
  }
}

/// Figures on held-out faces, and what they look like.
struct PretrainEvaluation {
  var figures: [String: [PretrainFigure: Double]] = [:]
  var rows: [ContactSheet.Row] = []

  /// Held-out faces that are measured at most, and those that are shown.
  static let (most, shown) = (64, 6)

  /// Which of so many faces, people or scenes are held out: one in twenty, at least one.
  static func heldOut(of count: Int) -> [Int] {
    count < 20 ? Array(0..<count).suffix(1) : Array(stride(from: 19, to: count, by: 20))
  }

  /// Of many items, `most` that are evenly spaced.
  static func chosen<Item>(of items: [Item]) -> [Item] {
    let count = min(items.count, most)
    return (0..<count).map { items[$0 * items.count / count] }
  }

  /// Adds generated faces and those that they should equal, in batches.
  mutating func add(_ name: String, _ batches: [(made: Tensor, truth: Tensor)]) {
    let all = batches.map { ImageQuality(of: $0.made, against: $0.truth) }
    func mean(_ values: [Double]) -> Double {
      values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }
    figures[name] = [
      .ssim: mean(all.flatMap(\.similarities)), .psnr: mean(all.flatMap(\.signalsToNoise)),
      .sharpness: mean(all.flatMap(\.sharpnesses).compactMap(\.self)),
    ]
    guard let first = batches.first else { return }
    let count = min(PretrainEvaluation.shown, first.made.shape[0])
    rows.append(
      ContactSheet.Row(name, (0..<count).map { Crop.image(of: first.made, at: $0) }))
  }
}

/// The training of `PictureAutoencoders`.
struct AutoencoderTask: PretrainTask {
  var trainer: AutoencoderTrainer
  private let heldOut: [Image]

  /// - Parameter faces: one in twenty is held out, at least one.
  init(
    _ settings: AutoencoderSettings, faces: [Image], ranks: Ranks, report: (PretrainEvent) -> Void
  ) {
    let held = PretrainEvaluation.heldOut(of: faces.count)
    let kept = Set(faces.indices).subtracting(held)
    let training = faces.indices.filter(kept.contains).map { faces[$0] }
    heldOut = PretrainEvaluation.chosen(of: held).map { faces[$0] }
    trainer = AutoencoderTrainer(settings, pictures: training, ranks: ranks)
    report(.read(faces: training.count, heldOut: heldOut.count))
  }

  func evaluation() -> PretrainEvaluation {
    var evaluation = PretrainEvaluation()
    evaluation.rows.append(
      ContactSheet.Row("faces", heldOut.prefix(PretrainEvaluation.shown).map { Optional($0) }))
    for kind in PictureAutoencoders.Upsampling.allCases {
      evaluation.add(
        kind.rawValue,
        stride(from: 0, to: heldOut.count, by: 8).map { first in
          let faces = Tensor.joined(
            heldOut[first..<min(first + 8, heldOut.count)].map { Tensor(of: $0) })
          return (trainer.model.reconstruct(faces, by: kind), faces)
        })
    }
    return evaluation
  }
}

/// The training of an `EyeNetwork`.
struct EyeTask: PretrainTask {
  var trainer: EyeTrainer
  private let heldOut: [EyePicture]

  /// - Parameter source: rendered faces count alone; one in twenty people is held out, at least one.
  init(
    _ settings: EyeSettings, _ source: SourceFaces, ranks: Ranks,
    report: (PretrainEvent) -> Void
  ) throws {
    let eyes = source.faces.indices.compactMap { index -> (person: String, picture: EyePicture)? in
      guard let scene = source.scenes[index], let landmarks = source.faces[index].landmarks else {
        return nil
      }
      let face = source.faces[index]
      return (face.identity, EyePicture(image: face.image, landmarks: landmarks, scene: scene))
    }
    let people = Set(eyes.map(\.person)).sorted()
    let held = Set(PretrainEvaluation.heldOut(of: people.count).map { people[$0] })
    heldOut = eyes.filter { held.contains($0.person) }.map(\.picture)
    let training = eyes.filter { !held.contains($0.person) }.map(\.picture)
    guard let trainer = EyeTrainer(settings, pictures: training, ranks: ranks),
      heldOut.contains(where: \.isClosing)
    else { throw WorkflowError.noKnownEyes }
    self.trainer = trainer
    report(.read(faces: training.count, heldOut: heldOut.count))
  }

  func evaluation() -> PretrainEvaluation {
    var evaluation = PretrainEvaluation()
    let errors = ThreadPool.map(heldOut.count) { [heldOut, network = trainer.network] index in
      let picture = heldOut[index]
      let told = picture.closures(by: network)
      return zip(told, picture.closures).reduce(0) { $0 + abs($1.0 - Double($1.1)) }
        / Double(told.count)
    }
    for (name, isClosing) in [("closing eyes", true), ("open eyes", false)] {
      let own = heldOut.indices.filter { heldOut[$0].isClosing == isClosing }
      guard !own.isEmpty else { continue }
      evaluation.figures[name] = [
        .error: own.reduce(0) { $0 + errors[$1] } / Double(own.count)
      ]
      evaluation.rows.append(row(name, PretrainEvaluation.chosen(of: own)))
    }
    evaluation.rows.append(
      row("largest errors", heldOut.indices.sorted { (errors[$0], $1) > (errors[$1], $0) }))
    return evaluation
  }

  private func row(_ name: String, _ shown: [Int]) -> ContactSheet.Row {
    ContactSheet.Row(name, shown.prefix(PretrainEvaluation.shown).map { heldOut[$0].image })
  }
}

/// The training of a `SwapBase`.
struct SwapBaseTask: PretrainTask {
  var trainer: SwapBaseTrainer
  /// Held-out pictures, and of rendered ones another person's in the same scene.
  private let heldOut: [(input: SwapBasePicture, other: SwapBasePicture?)]

  /// - Parameter source: one scene in twenty is held out, at least one; each picture of a real person is
  ///   a scene of its own.
  init(
    _ settings: SwapBaseSettings, _ source: SourceFaces, ranks: Ranks,
    report: (PretrainEvent) -> Void
  ) {
    let names = Set(source.faces.map(\.identity)).sorted()
    let people = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    var scenes: [SceneKey: Int] = [:]
    let pictures = source.faces.indices.map { index in
      let key = source.scenes[index].map { SceneKey(scene: $0) } ?? SceneKey(picture: index)
      let scene = scenes[key] ?? scenes.count
      scenes[key] = scene
      return SwapBasePicture(
        image: source.faces[index].image, person: people[source.faces[index].identity] ?? 0,
        scene: scene)
    }
    let heldScenes = Set(PretrainEvaluation.heldOut(of: scenes.count))
    let training = pictures.filter { !heldScenes.contains($0.scene) }
    let held = pictures.filter { heldScenes.contains($0.scene) }
    let together = Dictionary(grouping: held, by: \.scene)
    heldOut = PretrainEvaluation.chosen(of: held).map { picture in
      (picture, together[picture.scene]?.first { $0.person != picture.person })
    }
    trainer = SwapBaseTrainer(
      settings, pictures: training, people: names.count, ranks: ranks)
    report(.read(faces: training.count, heldOut: held.count))
  }

  mutating func evaluation() -> PretrainEvaluation {
    var evaluation = PretrainEvaluation()
    let pairs = heldOut.compactMap { pair in pair.other.map { (input: pair.input, other: $0) } }
    let own = heldOut.map(\.input)
    evaluation.rows.append(
      ContactSheet.Row(
        "faces",
        own.prefix(PretrainEvaluation.shown).map { Crop.image(of: Crop.face($0.image), at: 0) }))
    trainer.withAverage { model in
      evaluation.add("reconstruction", [SwapBaseTask.made(of: own, as: own, by: model)])
      guard !pairs.isEmpty else { return }
      let (inputs, others) = (pairs.map(\.input), pairs.map(\.other))
      evaluation.add("swap", [SwapBaseTask.made(of: inputs, as: others, by: model)])
      evaluation.rows.append(
        ContactSheet.Row(
          "true swap",
          others.prefix(PretrainEvaluation.shown).map { Crop.image(of: Crop.face($0.image), at: 0) }
        ))
    }
    return evaluation
  }

  /// Faces with other people's identity, and the pictures of those people.
  private static func made(
    of inputs: [SwapBasePicture], as others: [SwapBasePicture], by model: SwapBase
  ) -> (made: Tensor, truth: Tensor) {
    (
      model.swap(Crop.faces(of: inputs.map(\.image)), to: others.map(\.person)),
      Crop.faces(of: others.map(\.image))
    )
  }
}

/// What pictures of the same scene have in common.
private struct SceneKey: Hashable {
  private let text: String

  /// A rendered scene, whoever is in it.
  init(scene: Scene) {
    var scene = scene
    scene.identity = Identity()
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    text = (try? encoder.encode(scene)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// A picture without a known scene.
  init(picture: Int) { text = "\(picture)" }
}
