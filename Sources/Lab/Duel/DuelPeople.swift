import Faces
import Foundation

/// The people of a duel: those whom the user named, or synthetic ones.
struct DuelPeople {
  /// Pairs that the user named; empty where pairs are drawn.
  let couples: [[String]]
  /// Folders of synthetic people; empty where pairs were named.
  let people: [String]

  /// The pairs that the user named; nil where none are.
  init?(named request: DuelRequest, _ recipe: DuelRecipe) throws(LabError) {
    guard !request.a.isEmpty || !request.b.isEmpty else { return nil }
    couples = try DuelPeople.couples(request, recipe.pairs)
    people = []
  }

  /// The synthetic people of a workspace; where they are too few, others that are rendered.
  ///
  /// - Parameters:
  ///   - report: is told what is rendered.
  init(
    synthetic request: DuelRequest, _ recipe: DuelRecipe, in workspace: Workspace,
    interruption: Interruption, report: (DuelEvent) -> Void
  ) throws {
    let needed = 2 * recipe.pairs.count
    couples = []
    var found = try DuelPeople.synthetic(in: workspace)
    if found.count < needed {
      report(
        .noted(
          "The workspace has \(found.count) synthetic people; \(needed) are rendered into "
            + "Datasets/\(request.name)-people."))
      found = try DuelPeople.rendered(needed, request, recipe, workspace, interruption, report)
    }
    people = found
  }

  private static func couples(
    _ request: DuelRequest, _ wanted: DuelRecipe.Pairs
  ) throws(LabError) -> [[String]] {
    guard request.a.count == request.b.count else {
      throw .badPairs(
        reason: "--a names \(request.a.count) folders and --b \(request.b.count)")
    }
    let couples = zip(request.a, request.b).map {
      [Workspace.absolute($0), Workspace.absolute($1)]
    }
    let people = couples.flatMap { $0 }
    if let double = people.first(where: { name in people.count { $0 == name } > 1 }) {
      throw .badPairs(reason: "'\(double)' is in two places, and a person may be in one alone")
    }
    guard couples.count == wanted.count else {
      throw .badPairs(
        reason:
          "they are \(couples.count == 1 ? "1 pair" : "\(couples.count) pairs"), and the recipe divides "
          + "\(wanted.count)")
    }
    return couples
  }

  /// The face sets of the workspace that were rendered, one for each person.
  private static func synthetic(in workspace: Workspace) throws(LabError) -> [String] {
    var people: [String: String] = [:]
    for set in try SourceSet.all(of: workspace) where FaceSet.isManifested(set.path) {
      guard let lines = (try? FaceSet(reading: set.path))?.lines, lines.count >= FaceFolder.fewest,
        let identity = lines.first?.identity, lines.allSatisfy({ $0.scene != nil })
      else { continue }
      if people[identity] == nil { people[identity] = set.path }
    }
    return people.values.sorted()
  }

  private static func rendered(
    _ needed: Int, _ request: DuelRequest, _ recipe: DuelRecipe, _ workspace: Workspace,
    _ interruption: Interruption, _ report: (DuelEvent) -> Void
  ) throws -> [String] {
    var synthesis = SynthesisRequest()
    synthesis.out = workspace.datasets(of: "\(request.name)-people")
    synthesis.workspace = workspace.path
    (synthesis.people, synthesis.count) = (needed, recipe.portraits)
    (synthesis.seed, synthesis.masks, synthesis.depth) = (request.seed &+ 40, false, false)
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
