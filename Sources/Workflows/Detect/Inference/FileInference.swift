import Detection
import Engine
import Faces
import Foundation
import Media
public import Records

/// Judges pictures and videos with trained detectors.
public struct FileInference {
  let request: InferenceRequest
  let models: [DetectorModels.Model]
  /// The figures of the training that the detectors are from.
  private let results: DetectResults?
  private let workspace: Workspace
  private let finder: FaceFinder
  private let interruption: Interruption

  /// Judges all files of a request, one after the other.
  ///
  /// - Parameters:
  ///   - report: is told of each file as soon as it is judged, of the reasons where they are asked
  ///     for, and of the folder where drawings lie.
  ///   - advance: is told how many frames of the file at hand were looked at.
  public static func judge(
    _ request: InferenceRequest, interruption: Interruption = Interruption(),
    advance: (String, Int) -> Void = { _, _ in },
    report: (FileVerdict, Explanation?, String?) throws -> Void
  ) throws {
    let judge = try FileInference(request, interruption)
    let inputs = try ExtractInput.all(of: request.inputs)
    let session = RunSession(unlocked: interruption)
    judge.record(inputs, in: session)
    try session.perform { try judge.judge(inputs, advance, report) }
  }

  /// The record of a judgment that leaves drawings; others leave none.
  private func record(_ inputs: [ExtractInput], in session: RunSession) {
    let single = inputs.count == 1 ? folder(of: inputs[0], number: 0, isSingle: true) : nil
    let place = request.out ?? single
    session.record(
      "detect", at: RunDirectory.of(place ?? "", by: "detect", in: workspace),
      in: place == nil ? nil : workspace, option: "--out",
      settings: ["files": inputs.map(\.path), "with": models.map(\.name)],
      sources: inputs.map(\.path) + models.map(\.path), places: [place ?? ""])
  }

  private func judge(
    _ inputs: [ExtractInput], _ advance: (String, Int) -> Void,
    _ report: (FileVerdict, Explanation?, String?) throws -> Void
  ) throws {
    let isSingle = inputs.count == 1
    for (number, input) in inputs.enumerated() where !interruption.isAsked {
      let faces: (visit: VideoFaceReader, faces: [ScoredFace])
      do {
        faces = try self.faces(of: input, advance)
      } catch let error as MediaError where !isSingle {
        // One damaged file among many costs its own answer alone.
        try report(FileVerdict(failed: input.path, error.description), nil, nil)
        continue
      }
      let judgment = judgment(of: input.path, faces.visit, faces.faces)
      var explanation: Explanation?
      let folder = folder(of: input, number: number, isSingle: isSingle)
      if let folder {
        explanation = try VerdictFiles(
          judgment: judgment, faces: faces.faces,
          jury: DetectorEnsemble(models: models, ensemble: request.ensemble, results: results)
        ).write(to: folder, isExplained: request.isExplained)
      }
      try report(judgment, explanation, folder)
    }
  }

  private init(_ request: InferenceRequest, _ interruption: Interruption) throws {
    (self.request, self.interruption) = (request, interruption)
    workspace = try Workspace(named: request.workspace)
    if let name = request.name {
      let folder = RunFolder(try RunName(name), in: workspace)
      if let command = RunReport.command(at: folder.settings) {
        throw RecordsError.runInTheWay(name: folder.name, command: command)
      }
    }
    models = try DetectorModels(in: workspace).models(named: request.detectors)
    results = try FileInference.results(of: models, in: workspace)
    finder = try FaceFinder()
  }

  /// The figures of the one run that has trained all detectors; nil where there is none.
  private static func results(
    of models: [DetectorModels.Model], in workspace: Workspace
  ) throws -> DetectResults? {
    let runs = Set(models.map(\.run))
    guard let run = runs.first, runs.count == 1 else { return nil }
    return try DetectResults.read(at: RunFolder(name: run, in: workspace).results)
  }

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
    of input: ExtractInput, _ advance: (String, Int) -> Void
  ) throws -> (VideoFaceReader, [ScoredFace]) {
    var choice = VideoFaceReader.Choice()
    (choice.every, choice.hasAll) = (request.every, request.findsAllFaces)
    choice.most = request.maxFrames
    if let smallest = request.smallest { choice.smallest = smallest }
    var visit = VideoFaceReader(finder: finder, choice: choice)
    var faces: [ScoredFace] = []
    var best: [Int: (index: Int, certainty: Double)] = [:]
    try visit.visit(input) { seen in
      let pictures = seen.map(\.picture)
      let each = try models.map { model in
        try model.scores(of: pictures).map(model.calibration.probability)
      }
      for (index, face) in seen.enumerated() {
        let probabilities = each.map { $0[index] }
        faces.append(
          ScoredFace(
            frame: face.frame, time: face.time, person: face.person,
            probabilities: probabilities, picture: face.picture, landmarks: face.landmarks))
        keep(faces.count - 1, request.ensemble(probabilities), &faces, &best)
      }
      advance(input.path, faces.count)
      return !interruption.isAsked
    }
    if visit.isSolo, !request.findsAllFaces { unite(&faces, best) }
    return (visit, faces)
  }

  /// Makes all faces those of one person, of whom one picture is kept.
  private func unite(
    _ faces: inout [ScoredFace], _ best: [Int: (index: Int, certainty: Double)]
  ) {
    let kept = best.values.max { ($0.certainty, $1.index) < ($1.certainty, $0.index) }
    for index in faces.indices {
      faces[index].person = 0
      if index != kept?.index { faces[index].picture = nil }
    }
  }

  /// Keeps the picture of each person's face that is most surely fake, and lets the others go.
  private func keep(
    _ index: Int, _ probability: Double, _ faces: inout [ScoredFace],
    _ best: inout [Int: (index: Int, certainty: Double)]
  ) {
    let person = faces[index].person
    if let old = best[person] {
      guard probability > old.certainty else {
        faces[index].picture = nil
        return
      }
      faces[old.index].picture = nil
    }
    best[person] = (index, probability)
  }

  private func judgment(
    of path: String, _ visit: VideoFaceReader, _ faces: [ScoredFace]
  ) -> FileVerdict {
    let people = Set(faces.map(\.person)).sorted {
      (visit.presences[$0], $1) > (visit.presences[$1], $0)
    }
    return FileVerdict(
      file: path, frames: visit.frames, framesWithoutFace: visit.empty,
      people: people.enumerated().map { rank, person in
        PersonVerdict(
          rank + 1, faces.filter { $0.person == person }, models, request.ensemble)
      }, notes: visit.notes, failure: nil)
  }
}

extension FileVerdict {
  /// A file that cannot be read.
  init(failed file: String, _ reason: String) {
    self.init(
      file: file, frames: 0, framesWithoutFace: 0, people: [], notes: [], failure: reason)
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
  /// - Parameter faces: of this person, in the order of time; at least one.
  init(
    _ person: Int, _ faces: [ScoredFace], _ models: [DetectorModels.Model], _ ensemble: Ensemble
  ) {
    let together = faces.map { ensemble($0.probabilities) }
    // One detector has its own threshold; several share the middle of theirs, or the majority.
    let thresholds = models.map(\.threshold)
    threshold =
      ensemble == .vote && models.count > 1
      ? 0.5 : thresholds.reduce(0, +) / Double(thresholds.count)
    let threshold = threshold
    let mean = MeanInterval(of: together, groups: MeanInterval.groups(of: faces.map { _ in nil }))
    (self.person, self.faces, probability) = (person, faces.count, mean.mean)
    interval = faces.count < 2 ? nil : MetricEstimate.Interval(low: mean.low, high: mean.high)
    shareOverThreshold =
      Double(together.count { $0 >= threshold }) / Double(together.count)
    detectors = models.enumerated().map { index, model in
      let own = faces.map { $0.probabilities[index] }
      return Part(
        model: model.name, detector: model.kind,
        probability: own.reduce(0, +) / Double(own.count), threshold: model.threshold,
        shareOverThreshold: Double(own.count { $0 >= model.threshold }) / Double(own.count))
    }
    scores = zip(faces, together).map {
      FrameScore(frame: $0.frame, time: $0.time, probability: $1, each: $0.probabilities)
    }
    verdict = mean.mean >= threshold ? .fake : .real
  }
}
