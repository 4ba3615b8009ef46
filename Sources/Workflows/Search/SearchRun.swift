import Detection
import Engine
import Faces
import Foundation
public import Records
import Search

/// A hyperparameter search: phases of trials, then the winner against the default.
///
/// The state is the Optuna storage `study.sqlite`: a session that was killed leaves a running trial, which
/// the next one marks as failed and repeats.
public struct SearchRun {
  let folder: RunFolder
  let workspace: Workspace
  let interruption: Interruption
  let report: (SearchEvent) -> Void
  let record: SearchRecord
  let set: LabeledDataset
  let storage: StudyStorage
  private let session: RunSession

  /// Searches as requested, or resumes an earlier session.
  ///
  /// - Parameters:
  ///   - interruption: asks the session to end early.
  ///   - report: is told what happens, on the calling thread.
  public static func search(
    _ request: SearchRequest, interruption: Interruption = Interruption(),
    report: @escaping (SearchEvent) -> Void = { _ in }
  ) throws -> SearchOutcome {
    let run = try SearchRun(request, interruption, report)
    return try run.session.perform { try run.work() }
  }

  private init(
    _ request: SearchRequest, _ interruption: Interruption,
    _ report: @escaping (SearchEvent) -> Void
  ) throws {
    (self.interruption, self.report) = (interruption, report)
    workspace = try Workspace(named: request.workspace)
    let recipe = try SearchRecipe(reading: request.recipe)
    let stem = ((request.recipe as NSString).lastPathComponent as NSString).deletingPathExtension
    folder = RunFolder(
      try request.name.map { name throws(RecordsError) in try RunName(name) }
        ?? RunName(RunName.tamed(Substring(stem))), in: workspace)
    let old = try SearchRecord.read(at: folder.settings)
    let path = try LabeledDataset.path(
      of: recipe.data.isEmpty ? old?.data : recipe.data, workspace: workspace.path
    ) { report(.noted($0)) }
    set = try LabeledDataset(reading: path)
    if let missing = set.skipped.first {
      throw WorkflowError.missingSamples(
        path: set.path, first: missing.name, count: set.skipped.count)
    }
    record = SearchRecord(
      recipe: recipe, data: path,
      manifest: try FileHash.ofFile("\(path)/\(LabeledDataset.manifestName)"))
    try old?.requireSame(record, run: folder.name)
    session = try RunSession(folder, interruption)
    storage = try StudyStorage(at: SearchRun.study(in: folder.lab))
    try WholeFile.write(try JSONText.pretty(recipe), to: "\(folder.lab)/recipe.json")
    try record.write(to: folder.settings)
    session.record(
      SearchRun.repetition(of: folder), at: folder.lab, in: workspace, settings: record,
      seed: recipe.seed, sources: [path], places: [folder.lab], startsOver: old == nil)
  }

  /// The Optuna storage of a run's folder.
  static func study(in lab: String) -> String { "\(lab)/study.sqlite" }

  /// The request for the same search.
  private static func repetition(of folder: RunFolder) -> SearchRequest {
    var request = SearchRequest(recipe: "\(folder.lab)/recipe.json")
    request.name = folder.name
    return request
  }

  private func work() throws -> SearchOutcome {
    if let results = try SearchResults.read(at: folder.results) {
      if !FileKind.isThere(folder.page) { _ = try RunReport(in: folder.lab) }
      return outcome(results)
    }
    let data = try SearchData(set)
    report(
      .read(set: set.path, training: data.counts.training, validation: data.counts.validation))
    var state = SearchState(recipe: record.recipe)
    for (index, phase) in record.recipe.phases.enumerated() {
      try search(phase, index, &state, data)
      if interruption.isAsked { return outcome(nil) }
    }
    guard let comparison = try compare(state.values, data) else { return outcome(nil) }
    let results = SearchResults(
      run: folder.name, version: Program.version,
      line: SearchRun.repetition(of: folder).recorded(in: workspace).shown(
        threads: record.threads),
      about: record.recipe.about, detector: record.recipe.detector,
      data: workspace.relative(set.path), training: data.counts.training,
      validation: data.counts.validation, phases: state.phases,
      winner: state.values.mapValues(\.text), comparison: comparison)
    try WholeFile.write(try JSONText.pretty(state.values), to: "\(folder.lab)/winner.json")
    try WholeFile.write(try JSONText.pretty(results), to: folder.results)
    _ = try RunReport(in: folder.lab)
    return outcome(results)
  }

  private func outcome(_ results: SearchResults?) -> SearchOutcome {
    SearchOutcome(
      run: folder.name, lab: folder.lab, study: storage.path,
      report: results == nil ? nil : folder.page, results: results)
  }
}
