public import Detection
import Engine
import Faces
import Foundation
import Media
public import Records

/// Scores pictures and videos with trained detectors.
public struct FileInference {
  let request: InferenceRequest
  /// The detectors, and how their scores become verdicts.
  let detectors: DetectorEnsemble
  private let workspace: Workspace
  private let references: CameraReferences?
  private let interruption: Interruption
  private let watch: Stopwatch

  /// Scores all files of a request, one after the other.
  ///
  /// - Parameters:
  ///   - registry: the detectors that are known.
  ///   - report: receives events, on the calling thread: each file as soon as it is scored.
  /// - Returns: how long each stage took.
  @discardableResult
  public static func run(
    _ request: InferenceRequest, knowing registry: DetectorRegistry = .standard,
    interruption: Interruption = Interruption(),
    report: (InferenceEvent) throws -> Void
  ) throws -> InferenceTiming {
    let watch = Stopwatch()
    if let sinceStart = InferenceTiming.sinceStart { watch.add(sinceStart, to: "start") }
    FaceFinder.prepare()
    let inference = try FileInference(request, registry, interruption, watch, report)
    let inputs = try ExtractInput.all(of: request.inputs)
    let session = try inference.session(for: inputs)
    try session.perform { try inference.score(inputs, report) }
    return InferenceTiming(stages: watch.seconds)
  }

  /// The session of a run: locked and recorded, if it leaves files.
  private func session(for inputs: [ExtractInput]) throws -> RunSession {
    let single = inputs.count == 1 ? folder(of: inputs[0], number: 0, isSingle: true) : nil
    guard let place = request.out ?? request.name.map(workspace.lab(of:)) ?? single else {
      return RunSession(unlocked: interruption)
    }
    let home = RunDirectory.of(place, by: "detect", in: workspace)
    let session = try RunSession(in: place, interruption)
    var recorded = request
    (recorded.detectors, recorded.name, recorded.out) = (models.map(\.name), nil, place)
    session.record(
      recorded, at: home, in: workspace,
      settings: ["files": inputs.map(\.path), "with": models.map(\.name)],
      sources: inputs.map(\.path) + models.map(\.path), places: [place])
    return session
  }

  private func score(
    _ inputs: [ExtractInput], _ report: (InferenceEvent) throws -> Void
  ) throws {
    let isSingle = inputs.count == 1
    for (number, input) in inputs.enumerated() where !interruption.isAsked {
      let faces: (visit: VideoFaceReader, faces: [ScoredFace])
      do {
        faces = try self.faces(of: input, report)
      } catch let error as MediaError where !isSingle {
        // One damaged file among many costs its own answer alone.
        let failed = FileVerdict(file: input.path, failure: error.description)
        try report(.scored(failed, explanation: nil, folder: nil))
        continue
      }
      let cameras = try watch.time("references") { try references?.matches(of: input) }
      let (verdict, ranked) = verdict(on: input.path, faces.visit, faces.faces, cameras)
      var explanation: Explanation?
      let folder = folder(of: input, number: number, isSingle: isSingle)
      if let folder {
        explanation = try watch.time("write") {
          try VerdictFiles(verdict: verdict, faces: ranked, ensemble: detectors)
            .write(to: folder, isExplained: request.isExplained)
        }
      }
      try report(.scored(verdict, explanation: explanation, folder: folder))
    }
  }

  private init(
    _ request: InferenceRequest, _ registry: DetectorRegistry, _ interruption: Interruption,
    _ watch: Stopwatch, _ report: (InferenceEvent) throws -> Void
  ) throws {
    (self.request, self.interruption, self.watch) = (request, interruption, watch)
    workspace = try Workspace(named: request.workspace)
    if let name = request.name {
      let folder = RunFolder(try RunName(name), in: workspace)
      if let command = RunReport.command(at: folder.settings) {
        throw RecordsError.runInTheWay(name: folder.name, command: command)
      }
    }
    let workspace = workspace
    var notes: [String] = []
    let models = try watch.time("load detectors") {
      try DetectorModels(in: workspace, knowing: registry).models(named: request.detectors) {
        notes.append($0)
      }
    }
    // Loading takes several times the memory of the weights.
    TensorMemory.releaseUnused()
    for sentence in notes { try report(.noted(sentence)) }
    detectors = DetectorEnsemble(
      models: models, ensemble: request.ensemble ?? .mean,
      results: try DetectResults.ofTraining(models, in: workspace))
    references = try watch.time("references") {
      try request.references.map { try CameraReferences(reading: $0) }
    }
  }

  private var models: [StoredDetector] { detectors.models }

  /// Where the drawings of a file go; nil for a picture of which nothing is drawn.
  private func folder(of input: ExtractInput, number: Int, isSingle: Bool) -> String? {
    if let out = request.out ?? request.name.map(workspace.lab(of:)) {
      return isSingle ? out : "\(out)/\(NumberText.padded(number + 1, to: 4))"
    }
    guard isSingle else { return nil }
    if case .picture = input, !request.isExplained { return nil }
    let name = ((input.path as NSString).lastPathComponent as NSString).deletingPathExtension
    return workspace.lab(of: "detect-\(RunName.tamed(name[...]))")
  }

  /// Every face of a file with its scores, in the order of time.
  private func faces(
    of input: ExtractInput, _ report: (InferenceEvent) throws -> Void
  ) throws -> (VideoFaceReader, [ScoredFace]) {
    var choice = VideoFaceReader.Choice()
    (choice.every, choice.hasAll) = (request.every, request.findsAllFaces)
    choice.most = request.frameLimit
    if let smallest = request.smallest { choice.smallest = smallest }
    choice.clips = models.map(\.requirements).reduce(DetectorRequirements()) { $0.union($1) }
    let seen = try faces(of: input, choice, report)
    guard seen.1.isEmpty, request.smallest == nil, !interruption.isAsked else { return seen }
    // Faces too small for a verdict are told from none. Of what is that small, a finder sees some in
    // walls and leaves, too: they count where most frames show one.
    choice.smallest = FileInference.smallest
    let small = try faces(of: input, choice, report)
    return small.0.empty * 2 < small.0.frames ? small : seen
  }

  /// The width from which on faces are found that are too small for a verdict, in pixels.
  private static let smallest = 40.0

  private func faces(
    of input: ExtractInput, _ choice: VideoFaceReader.Choice,
    _ report: (InferenceEvent) throws -> Void
  ) throws -> (VideoFaceReader, [ScoredFace]) {
    var visit = VideoFaceReader(choice: choice, watch: watch)
    let thinning = try VideoFaceReader.thinning(of: input, choice)
    let each = models.filter { $0.requirements.frames == 1 }.map(\.name)
    if thinning > 1, !each.isEmpty {
      visit.note(
        "One of \(thinning) frames is scored by \(each.joined(separator: ", ")): --max-frames sets how many."
      )
    }
    var scoring = FaceScoring(
      models: models, ensemble: detectors.ensemble, of: input, thinning: thinning,
      isExplained: request.isExplained)
    try visit.visit(input) { seen in
      try watch.time("score") { try scoring.add(seen) }
      try report(.advanced(file: input.path, faces: scoring.faces.count))
      return !interruption.isAsked
    }
    try watch.time("score") { try scoring.finish() }
    if visit.isSolo, !request.findsAllFaces { scoring.unite() }
    return (visit, scoring.faces)
  }

  /// The verdict on a file, and its faces with their persons renumbered as in the verdict, from 0.
  private func verdict(
    on path: String, _ visit: VideoFaceReader, _ faces: [ScoredFace], _ cameras: [CameraMatch]?
  ) -> (FileVerdict, [ScoredFace]) {
    let people = Set(faces.map(\.person)).sorted {
      (visit.presences[$0], $1) > (visit.presences[$1], $0)
    }
    let ranks = Dictionary(uniqueKeysWithValues: zip(people, 0...))
    let ranked = faces.map { face in
      var face = face
      face.person = ranks[face.person] ?? 0
      return face
    }
    var (verdicts, notes): ([PersonVerdict], [String]) = ([], visit.notes)
    for person in people.indices {
      let own = ranked.filter { $0.person == person }
      if let verdict = PersonVerdict(person + 1, own, by: detectors) {
        verdicts.append(verdict)
      } else if case .notApplicable(let reason)? = own.first?.answers.first {
        notes.append("Identity \(person + 1) was not scored: \(reason).")
      }
    }
    let verdict = FileVerdict(
      file: path, frames: visit.frames, framesWithoutFace: visit.empty, people: verdicts,
      cameras: cameras, references: request.references, notes: notes)
    return (verdict, ranked)
  }
}

extension ExtractInput {
  /// Where it lies.
  var path: String {
    switch self {
    case .picture(let path), .video(let path): path
    }
  }
}

extension PersonVerdict {
  /// Nil where no detector is applicable.
  ///
  /// - Parameter faces: of this person, in the order of time; at least one.
  init?(_ person: Int, _ faces: [ScoredFace], by ensemble: DetectorEnsemble) {
    let scored = faces.filter { $0.scores.contains { $0 != nil } }
    guard let quality = InputQuality(medianOf: scored.map(\.quality)) else { return nil }
    let together = scored.map { ensemble.ensemble($0.scores.compactMap(\.self)) }
    let applicable = ensemble.models.indices.filter { index in
      scored.contains { $0.scores[index] != nil }
    }
    let basis = ensemble.basis(of: applicable)
    let mean = MeanInterval(of: together, groups: MeanInterval.groups(of: scored.map { _ in nil }))
    (self.person, self.faces, score) = (person, scored.count, mean.mean)
    operatingPoint = basis.point
    self.quality = quality
    reasons = ensemble.reasons(against: quality, of: applicable)
    context = reasons.isEmpty ? basis.distributions?.context(of: mean.mean) : nil
    interval = scored.count < 2 ? nil : MetricEstimate.Interval(low: mean.low, high: mean.high)
    fakeFrames = basis.point.fakeShare(of: together)
    detectors = ensemble.models.enumerated().map { Part($1, of: scored, at: $0) }
    scores = zip(scored, together).map {
      FrameScore(
        frame: $0.frame, time: $0.time,
        box: $0.box.map { box in
          [box.x, box.y, box.width, box.height].map { ($0 * 10).rounded() / 10 }
        }, score: $1, each: $0.scores)
    }
    verdict = reasons.isEmpty ? basis.point.verdict(on: mean.mean) : .undecided
    text =
      reasons.isEmpty
      ? basis.point.statement(of: mean.mean)
      : "undecided: \(reasons.joined(separator: "; ")); the score of "
        + "\(NumberText.fixed(mean.mean, 3)) does not count"
  }
}

extension PersonVerdict.Part {
  /// What one detector says of some faces.
  fileprivate init(_ model: StoredDetector, of faces: [ScoredFace], at index: Int) {
    let own = faces.compactMap { $0.scores[index] }
    (self.model, detector, operatingPoint) = (model.name, model.kind, model.operatingPoint)
    guard !own.isEmpty else {
      (score, fakeFrames) = (nil, nil)
      guard case .notApplicable(let reason)? = faces.first?.answers[index] else {
        text = "not applicable"
        return
      }
      text = "not applicable: \(reason)"
      return
    }
    let mean = own.reduce(0, +) / Double(own.count)
    score = mean
    guard !model.trained.isUncalibrated else {
      (fakeFrames, text) = (nil, "undecided: not calibrated")
      return
    }
    fakeFrames = operatingPoint.fakeShare(of: own)
    text = operatingPoint.statement(of: mean)
  }
}

extension OperatingPoint {
  /// The share of scores that are those of fakes.
  fileprivate func fakeShare(of scores: [Double]) -> Double {
    Double(scores.count { verdict(on: $0) == .fake }) / Double(scores.count)
  }
}
