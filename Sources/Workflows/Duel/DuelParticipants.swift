import Engine
import Faces
import Foundation
import Records

/// The identities of a duel: given by the user, or synthetic.
struct DuelParticipants {
  /// The pairs given by the user; empty if pairs are drawn.
  let namedPairs: [[String]]
  /// The folders of synthetic people, by repetition; empty if pairs were given.
  let people: [String]

  /// The pairs given by the user; nil if there are none.
  init?(named request: DuelRequest, _ recipe: DuelRecipe) throws {
    guard !request.a.isEmpty || !request.b.isEmpty else { return nil }
    namedPairs = try DuelParticipants.namedPairs(request, recipe.pairs)
    people = []
  }

  /// Synthetic people, different ones for each repetition: drawn at random from the workspace, and
  /// rendered if there are too few.
  ///
  /// - Parameters:
  ///   - known: the people of repetitions that were set up before.
  ///   - report: receives the progress of rendering.
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
      // An interrupted session may have rendered some of them.
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

  /// The rendered face sets of the workspace, by identity.
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

/// The duel was interrupted; completed steps are saved.
struct DuelInterrupted: Error {}
