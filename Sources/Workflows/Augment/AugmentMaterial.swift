import Engine
import Faces
import Foundation
import Generation
import Records

/// The faces and models of a labeled dataset, with its identity groups.
struct AugmentMaterial {
  let forger: Forger
  /// The clip that each of the forger's faces is the first frame of; nil where samples are pictures.
  let clips: [SourceClip]?
  /// The picture of each face, as `set/file`.
  let pictures: [String]
  /// The path of each of these pictures, by that name.
  let paths: [String: String]
  /// The folders of the face sets, and the files of the models.
  let sources: [String]
  /// The fingerprints of face sets and models.
  let hashes, modelHashes: [String: String]
  /// What is known of the rendered people.
  let people: PeopleTable
  /// The identity groups, by clips and models.
  let groups: IdentityGroups
  private let report: (AugmentEvent) -> Void

  /// Reads the given inputs, or those of the workspace.
  init(
    _ request: AugmentRequest, _ recipe: AugmentRecipe, in workspace: Workspace,
    report: @escaping (AugmentEvent) -> Void
  ) throws {
    self.report = report
    let sets = try SourceSet.chosen(request.faces, in: workspace)
    let names = Set(sets.map(\.name))
    if let stranger = recipe.people.keys.sorted().first(where: { !names.contains($0) }) {
      throw AugmentRecipe.refusal(
        of: request.recipe ?? "",
        RecipeFault(
          reason:
            "'people' has '\(stranger)', which is not a face set; the face sets are "
            + AugmentMaterial.some(names)))
    }
    let faces =
      try request.clipLength.map {
        try SourceFaces(clips: $0, of: sets, people: recipe.people)
      } ?? SourceFaces(sets, people: recipe.people)
    let folders = Set(names.compactMap { $0.split(separator: "/").first.map(String.init) })
    if let stranger = recipe.weights.keys.sorted().first(where: {
      !names.contains($0) && !folders.contains($0)
    }) {
      throw AugmentRecipe.refusal(
        of: request.recipe ?? "",
        RecipeFault(
          reason:
            "'weights' has '\(stranger)', which is neither a face set nor a folder of face sets"))
    }
    let people = Set(faces.faces.map(\.identity))
    for note in faces.notes.sentences { report(.noted(note)) }
    guard !faces.faces.isEmpty else { throw WorkflowError.noFaceSet(path: sets[0].path) }
    let isWanted = recipe.needsModels && request.models != []
    let models = try SourceModels(
      isWanted ? request.models : [], in: workspace, people: people, alike: recipe.people)
    for note in models.notes { report(.noted(note)) }
    forger = Forger(
      faces: faces.faces, models: models.models, autoencoders: models.autoencoders,
      strengths: recipe.strengths)
    (pictures, hashes, modelHashes) = (faces.pictures, faces.hashes, models.hashes)
    (paths, clips) = (faces.paths, faces.clips)
    let rendered = zip(faces.faces, faces.scenes).compactMap { face, scene in
      scene.map { (face.identity, $0.identity) }
    }
    self.people = PeopleTable(
      rendered: Dictionary(rendered, uniquingKeysWith: { first, _ in first }))
    sources =
      sets.map(\.path)
      + models.models.map { RunFolder(name: $0.name, in: workspace).best }
    groups = IdentityGroups(
      faces.faces.map { [.person($0.identity), .clip($0.clip)] }
        + models.models.map { [.person($0.identityA), .person($0.identityB)] })
    report(
      .read(
        faces: faces.faces.count * (request.clipLength ?? 1), clips: faces.clips?.count,
        people: people.count, sets: sets.map(\.name), models: models.models.map(\.name)))
  }

  /// Splits the identities, and plans each sample.
  func plan(_ request: AugmentRequest, _ recipe: AugmentRecipe) throws -> AugmentPlan {
    let randomness = RandomSource(seed: request.seed)
    let models = Set(forger.models.map { groups[.person($0.identityA)] })
    let splits = try SplitAssignment(
      groups, weights: groups.people, rare: models, shares: request.shares,
      randomness: randomness.split(-1)
    ).splits
    let faces = Dictionary(grouping: forger.faces.indices) { index in
      splits[groups[.person(forger.faces[index].identity)]]
    }
    var weights: [String: Int] = [:]
    for (face, picture) in zip(forger.faces, pictures) {
      let set = (picture as NSString).deletingLastPathComponent
      guard let weight = recipe.weight(ofFaceSet: set) else { continue }
      weights[face.identity] = max(weight, weights[face.identity] ?? 1)
    }
    let pools = faces.mapValues { AugmentPlan.Pool($0, forger, recipe, weights: weights) }
    let people = faces.mapValues { Set($0.map { forger.faces[$0].identity }).count }
    report(.divided(people: people))
    for note in try notes(on: pools, recipe, request.shares) { report(.noted(note)) }
    return AugmentPlan(
      count: request.samples, pools: pools, recipe: recipe, shares: request.shares,
      ratio: request.fakeRatio, randomness: randomness)
  }

  /// The methods that are omitted from splits, with reasons; throws for a split without methods.
  private func notes(
    on pools: [Split: AugmentPlan.Pool], _ recipe: AugmentRecipe, _ shares: SplitRatios
  ) throws -> [String] {
    var notes: [String] = []
    for method in recipe.methods.methods {
      let without = shares.splits.filter { pools[$0]?.possible[method] == nil }
      guard !without.isEmpty else { continue }
      let place =
        without.count == shares.splits.count
        ? "" : " in \(without.map(\.rawValue).joined(separator: " and "))"
      let face = pools[without[0]]?.faces.first ?? 0
      let obstacle = forger.obstacle(
        to: method, of: face, donors: pools[without[0]]?.faces ?? [])
      notes.append("Skipping method '\(method.name)'\(place): \(obstacle?.description ?? "")")
    }
    for split in shares.splits where pools[split]?.possible.isEmpty ?? true {
      throw WorkflowError.nothingToForge(split: split.rawValue, reasons: notes)
    }
    let possible = recipe.methods.methods.filter { method in
      pools.values.contains { $0.possible[method] != nil }
    }
    if !notes.isEmpty {
      notes.append("Remaining methods: \(possible.map(\.name).joined(separator: ", ")).")
    }
    return notes
  }

  private static func some(_ names: Set<String>) -> String {
    let shown = names.sorted().prefix(6).map { "'\($0)'" }.joined(separator: ", ")
    return names.count > 6 ? "\(shown), ..." : shown
  }
}
