import Engine
import Faces
import Foundation
import Media
public import Records

/// Extracts faces from pictures and videos.
public struct ExtractRun {
  let request: ExtractRequest
  let folder: ExtractFolder
  let finder: FaceFinder
  let interruption: Interruption
  let report: (ExtractEvent) -> Void
  var record: ExtractFolder.Record
  var writer: FaceSetWriter
  let session: RunSession
  /// What the inputs are a part of; nil for all.
  var shard: ShardRecord?
  /// Frames of this session.
  var looked = 0

  /// Extracts, or resumes an interrupted extraction.
  ///
  /// - Parameter report: receives events, on the calling thread.
  public static func make(
    _ request: ExtractRequest, interruption: Interruption = Interruption(),
    report: @escaping (ExtractEvent) -> Void = { _ in }
  ) throws -> ExtractOutcome {
    var inputs = try ExtractInput.all(of: request.inputs)
    let part = request.shard?.part(of: inputs.count) ?? inputs.indices
    try check(inputs[part], request)
    var run = try ExtractRun(request, of: inputs, from: part.lowerBound, interruption, report)
    inputs = Array(inputs[..<part.upperBound])
    return try run.session.perform(noting: { try run.made }) {
      try run.work(inputs)
    }
  }

  /// - Parameter first: the first of the inputs that is processed.
  private init(
    _ request: ExtractRequest, of inputs: [ExtractInput], from first: Int,
    _ interruption: Interruption,
    _ report: @escaping (ExtractEvent) -> Void
  ) throws {
    (self.request, self.interruption, self.report) = (request, interruption, report)
    let whole = Workspace.absolute(request.out)
    let path = request.shard?.name(of: whole) ?? whole
    let workspace = Workspace.of(path)
    let stored = request.stored(in: workspace)
    folder = ExtractFolder(path: path)
    finder = try FaceFinder()
    let old = try folder.record(stored, isForced: request.isForced)
    record = old ?? ExtractFolder.Record(request: stored)
    if old == nil { record.state.inputs = first }
    var shard = try request.shard.map {
      try ShardRecord(
        $0, of: request, items: inputs.count, data: inputs.map(ExtractRun.data),
        except: ["inputs", "out", "force"], in: workspace)
    }
    if !request.isForced, let reason = try ShardRecord.obstacle(to: shard, in: path) {
      throw WorkflowError.folderInTheWay(path: path, reason: reason)
    }
    session = try RunSession(in: path, interruption)
    // These first, so that a session that is killed here leaves a folder that can be resumed.
    try shard?.write(in: path, isFinished: old?.state.isDone ?? false)
    self.shard = shard
    if old == nil { try folder.write(record) }
    if request.hasMasks { try RunFolder.make(folder.masks) }
    try ExtractRun.cut(to: record, in: folder)
    writer = try FaceSetWriter(in: path)
    var asked = request
    asked.isForced = false
    session.record(
      asked, at: workspace.map { RunDirectory.of(path, by: "extract", in: $0) } ?? path,
      in: workspace, settings: stored.settingChoices.values, sources: request.inputs,
      places: [path], startsOver: old == nil)
  }

  /// The faces, with their sources.
  private var made: [Artifact] {
    get throws {
      let sets = ([folder.path] + record.state.presences.indices.map(folder.person))
        .filter(FaceSet.isManifested)
      return try sets.flatMap { set in
        try FaceSet(reading: set).lines.map { line in
          Artifact("\(set)/\(line.file)", from: line.source.map { [.file($0)] } ?? [])
        }
      }
    }
  }

  /// Opens each video once, so that a wrong name is reported before any work.
  private static func check(_ inputs: ArraySlice<ExtractInput>, _ request: ExtractRequest) throws {
    for input in inputs {
      switch input {
      case .video(let path): _ = try VideoReader(reading: path)
      case .picture(let path):
        guard FileManager.default.fileExists(atPath: path) else {
          throw MediaError.unreadableFile(path: path, reason: "No such file or directory")
        }
        if request.isTracked { throw WorkflowError.untrackablePicture(path: path) }
      }
    }
  }

  /// What an input is known by, on all machines.
  private static func data(of input: ExtractInput) -> String {
    let size = RunRecorder.size(of: input.path) ?? 0
    return "\((input.path as NSString).lastPathComponent) \(size)"
  }

  /// Removes lines written after the last save.
  private static func cut(to record: ExtractFolder.Record, in folder: ExtractFolder) throws {
    let state = record.state
    guard !state.isDone, FaceSet.isManifested(folder.path) else { return }
    let lines = try FaceSetWriter(in: folder.path).earlier
    // A killed session may have chosen among the faces of each picture already.
    guard lines.count >= state.kept || record.request.keepsOneFace else {
      throw WorkflowError.folderInTheWay(
        path: folder.path, reason: "its faces.jsonl has missing records")
    }
    if lines.count > state.kept {
      try FaceSet.write(Array(lines.prefix(state.kept)), to: folder.path)
    }
  }

  private mutating func work(_ inputs: [ExtractInput]) throws -> ExtractOutcome {
    while !record.state.isDone, record.state.inputs < inputs.count,
      !record.state.isFull(request.maxFaces), !interruption.isAsked
    {
      switch inputs[record.state.inputs] {
      case .video(let path): try extract(video: path, of: inputs.count)
      case .picture: try extractPictures(inputs)
      }
    }
    let seconds = session.seconds
    try session.time(looked, in: folder.path)
    if !record.state.isDone && !interruption.isAsked { try finish() }
    return outcome(framesPerSecond: looked > 0 ? Double(looked) / seconds : nil)
  }

  private mutating func finish() throws {
    if shard != nil {
      // What concerns all faces together is left to the merge.
      record.state.isDone = true
      try folder.write(record)
      try shard?.write(in: folder.path, isFinished: true)
    } else {
      try folder.finish(&record, from: request.inputs)
    }
  }

  /// Saves the progress.
  func save() throws { try folder.write(record) }

  /// Reports and stores a note for the user.
  mutating func note(_ sentence: String) {
    record.state.notes.append(sentence)
    report(.noted(sentence))
  }

  private func outcome(framesPerSecond: Double?) -> ExtractOutcome {
    let state = record.state
    return ExtractOutcome(
      folder: folder.path, isFinished: state.isDone, frames: state.frames,
      withoutFaces: state.empty, found: state.found, kept: state.kept,
      rejected: Dictionary(uniqueKeysWithValues: state.rejected.map { ($0.rawValue, $1) }),
      people: state.presences.count, shard: shard?.shard, notes: state.notes,
      framesPerSecond: framesPerSecond)
  }
}
