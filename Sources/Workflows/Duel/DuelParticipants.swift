import Engine
import Faces
import Foundation
import Records

/// The people of a duel: those whom the user named, or synthetic ones.
struct DuelParticipants {
  /// Pairs that the user named; empty where pairs are drawn.
  let namedPairs: [[String]]
  /// Folders of synthetic people, one repetition after the other; empty where pairs were named.
  let people: [String]

  /// The pairs that the user named; nil where none are.
  init?(named request: DuelRequest, _ recipe: DuelRecipe) throws {
    guard !request.a.isEmpty || !request.b.isEmpty else { return nil }
    namedPairs = try DuelParticipants.namedPairs(request, recipe.pairs)
    people = []
  }

  /// Synthetic people for all repetitions, each with its own: those of the workspace, drawn by chance,
  /// and where they are too few others, who are rendered.
  ///
  /// - Parameters:
  ///   - known: who plays in the first repetitions already.
  ///   - report: is told what is rendered.
  init(
    synthetic settings: DuelSettings, after known: [String], duel: String, in workspace: Workspace,
    interruption: Interruption, report: (DuelEvent) -> Void
  ) throws {
    let needed = 2 * settings.recipe.pairs.count
    namedPairs = []
    var people = known
    while people.count < needed * settings.repetitions {
      let repetition = people.count / needed
      let used = Set(people.compactMap(DuelParticipants.identity))
      let free = try DuelParticipants.synthetic(in: workspace).filter { !used.contains($0.key) }
      let name = repetition == 0 ? "\(duel)-people" : "\(duel)-people-\(repetition + 1)"
      let folder = workspace.datasets(of: name)
      // A session that was interrupted may have rendered some of them.
      if free.count < needed || Workspace.isFolder(folder) {
        if free.count < needed {
          report(
            .noted(
              "The workspace has only \(free.count) unused synthetic identities; rendering \(needed) in "
                + "Datasets/\(name)."))
        }
        people += try DuelParticipants.rendered(
          needed, into: folder, repetition, settings, workspace, interruption, report)
      } else {
        var chance = RandomSource(seed: settings.seed).split(repetition).split(-2)
        people += free.values.sorted().shuffled(using: &chance).prefix(needed)
      }
    }
    self.people = people
  }

  private static func namedPairs(
    _ request: DuelRequest, _ wanted: DuelRecipe.Pairs
  ) throws -> [[String]] {
    guard request.a.count == request.b.count else {
      throw WorkflowError.badPairs(
        reason: "--a has \(request.a.count) folders, --b has \(request.b.count)")
    }
    let namedPairs = zip(request.a, request.b).map {
      [Workspace.absolute($0), Workspace.absolute($1)]
    }
    let people = namedPairs.flatMap { $0 }
    if let double = people.first(where: { name in people.count { $0 == name } > 1 }) {
      throw WorkflowError.badPairs(
        reason: "'\(double)' is given more than once")
    }
    guard namedPairs.count == wanted.count else {
      throw WorkflowError.badPairs(
        reason:
          "there are \(namedPairs.count == 1 ? "1 pair" : "\(namedPairs.count) pairs"), but the recipe needs "
          + "\(wanted.count)")
    }
    return namedPairs
  }

  /// The face sets of the workspace that were rendered, one for each person, by who it is.
  private static func synthetic(in workspace: Workspace) throws -> [String: String] {
    var people: [String: String] = [:]
    for set in try SourceSet.all(of: workspace) where FaceSet.isManifested(set.path) {
      guard let lines = (try? FaceSet(reading: set.path))?.lines, lines.count >= FaceFolder.fewest,
        let identity = lines.first?.identity, lines.allSatisfy({ $0.scene != nil })
      else { continue }
      if people[identity] == nil { people[identity] = set.path }
    }
    return people
  }

  private static func identity(of path: String) -> String? {
    (try? FaceSet(reading: path))?.lines.first?.identity
  }

  private static func rendered(
    _ needed: Int, into folder: String, _ repetition: Int, _ settings: DuelSettings,
    _ workspace: Workspace, _ interruption: Interruption, _ report: (DuelEvent) -> Void
  ) throws -> [String] {
    var synthesis = SynthesisRequest()
    (synthesis.out, synthesis.workspace) = (folder, workspace.path)
    (synthesis.people, synthesis.count) = (needed, settings.recipe.portraits)
    synthesis.seed = settings.seed &+ 40 &+ 1000 * UInt64(repetition)
    (synthesis.masks, synthesis.depth) = (false, false)
    let outcome = try withoutActuallyEscaping(report) { report in
      try SynthesisRun.make(synthesis, interruption: interruption) { event in
        if case .rendered(let done, let count) = event { report(.rendered(done, of: count)) }
      }
    }
    guard outcome.sheet != nil else { throw DuelInterrupted() }
    return outcome.people
  }
}

/// Someone asked the duel to end early; what is done is saved.
struct DuelInterrupted: Error {}
