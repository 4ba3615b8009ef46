import Foundation
import Records
import Workflows

/// A kind of request that a browser can ask for: the same that a command carries out.
struct RequestKind: Sendable {
  /// Its name in addresses.
  let name: String
  let title: String
  /// What it does, in a sentence or two.
  let purpose: String
  /// Values to begin with.
  let presets: [Preset]
  /// The options that a browser can set.
  let options: [OptionDescription]
  /// The command line of some options' words; throws with what is wrong with them.
  let line: @Sendable (_ words: [String: [String]], _ lab: Lab) throws -> [String]
  /// Queues the request of some options' words.
  let add: @Sendable (_ words: [String: [String]], _ lab: Lab) async throws -> Job

  /// Values of some options that go together.
  struct Preset: Sendable {
    /// What they are good for, after "Begin with".
    let title: String
    /// The words of the options, by name.
    let words: KeyValuePairs<String, String>

    init(_ title: String, _ words: KeyValuePairs<String, String>) {
      (self.title, self.words) = (title, words)
    }
  }

  private init<Request: RunRequest>(
    _ type: Request.Type, _ title: String, _ purpose: String, _ presets: [Preset] = []
  ) {
    name = Request.command.split { $0 == " " || $0 == "-" }.joined(separator: "-")
    (self.title, self.purpose, self.presets) = (title, purpose, presets)
    options = Request.options.map(\.description).filter { $0.name != "workspace" }
    line = { words, lab in try lab.request(Request.self, words).line }
    add = { words, lab in
      // The name of an augmentation is that of its dataset.
      let isNamed = Request.outputOption == "name" && Request.command != AugmentRequest.command
      return try await lab.add(
        Request.self, words, titled: title, run: isNamed ? words["name"]?.first : nil)
    }
  }

  /// All kinds, in the order of work.
  static let all = [
    RequestKind(
      SynthesisRequest.self, "Render people",
      "Renders face sets of synthetic people, whose true swaps are known.",
      [
        Preset("two people", ["recipe": "demo"]),
        Preset("twelve people, for a dataset", ["people": "12", "count": "60"]),
        Preset(
          "a clip of one person",
          ["people": "1", "count": "300", "rate": "30", "video": "true", "out": "Datasets/clip"]),
      ]),
    RequestKind(
      ExtractRequest.self, "Extract faces",
      "Finds the faces in videos and photographs, and makes a face set of them."),
    RequestKind(
      SwapRequest.self, "Train a swap model", "Trains a model that swaps the faces of two people.",
      SwapEffort.allCases.map { effort in
        Preset(
          "\(effort.rawValue), \(Int(effort.minutes)) minutes", ["effort": effort.rawValue])
      }),
    RequestKind(
      ConversionRequest.self, "Convert a clip", "Swaps the faces in a video or picture."),
    RequestKind(
      ReenactRequest.self, "Reenact a clip",
      "Gives one person the expressions of another clip."),
    RequestKind(
      AugmentRequest.self, "Augment",
      """
      Makes a labeled dataset of real and forged faces from face sets and swap models: all of the \
      workspace, except those of duels, unless some are named.
      """,
      [
        Preset("a small dataset, to try", ["count": "400", "name": "small"]),
        Preset("forgeries without swap models", ["models": "none", "name": "stills"]),
        Preset("clips", ["clips": "true", "frames": "32", "count": "600", "name": "clips"]),
      ]),
    RequestKind(
      DetectRequest.self, "Train detectors",
      """
      Trains detectors on a labeled dataset, by default the newest that is not part of a duel, tests \
      them once, and reports with intervals.
      """,
      [
        Preset(
          "two small detectors, 5 minutes",
          ["detectors": "meso4,spectrum", "minutes": "5", "name": "quick"]),
        Preset(
          "two large networks, an hour",
          ["detectors": "efficientnet-b4,xception", "minutes": "60", "name": "large"]),
      ]),
    RequestKind(
      EvaluateRequest.self, "Test detectors", "Tests trained detectors on other labeled datasets."),
    RequestKind(
      SearchRequest.self, "Search settings",
      "Searches for the settings that a detector is best trained with."),
    RequestKind(
      DuelRequest.self, "Duel",
      """
      Trains generators and detectors against each other, in rounds. Without --a and --b, it uses the \
      workspace's synthetic people, and renders more if needed. On two cores, the default recipe takes \
      about 40 minutes.
      """,
      [
        Preset("two short rounds, 7 minutes", ["rounds": "2", "minutes": "7", "name": "short"]),
        Preset(
          "three repetitions, for narrower intervals",
          ["rounds": "3", "repetitions": "3", "name": "repeated"]),
        Preset("no replay of earlier rounds", ["replay": "0", "name": "no-replay"]),
      ]),
  ]

  /// The kind with a name.
  static func named(_ name: String) throws(WebFault) -> RequestKind {
    guard let kind = all.first(where: { $0.name == name }) else { throw .notFound }
    return kind
  }
}

extension OptionDescription {
  /// The words of the option in a form; nil if it is not filled in.
  func words(in form: WebForm) -> [String]? {
    let values = form.all(name)
    guard let last = values.last else { return nil }
    switch self.form {
    case .flag, .choice, .single, .argument: return [last.trimmingCharacters(in: .whitespaces)]
    case .commas, .list, .repeated, .arguments:
      let words = values.flatMap { value in
        value.split { $0.isNewline || (self.form == .commas && $0 == ",") }
          .map { $0.trimmingCharacters(in: .whitespaces) }
      }.filter { !$0.isEmpty }
      return words.isEmpty ? nil : words
    }
  }
}
