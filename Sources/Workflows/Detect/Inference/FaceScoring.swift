import Detection
import Engine
import Faces
import Media

/// Scores the faces of one file: stills at once, clips as soon as they are long enough.
///
/// Where clips need more frames than detectors of single frames are to score, a score of these stands
/// for the frames that follow.
///
/// Of each person the face that is most surely fake is kept, for the explanation, and of each detector
/// of clips what moved the score of the clip that is most surely fake.
struct FaceScoring {
  /// The faces so far, in the order of time.
  private(set) var faces: [ScoredFace] = []

  private let models: [StoredDetector]
  private let ensemble: Ensemble
  private let input: ExtractInput
  /// Joins the frames for each detector that scores clips, by its place in `models`.
  private var assemblers: [Int: ClipAssembler] = [:]
  /// How many faces, from the first, every detector has answered.
  private var settled = 0
  /// The kept face of each person, and its score.
  private var best: [Int: (index: Int, score: Double)] = [:]
  /// The first face of each person's clip with kept evidence, by detector, and the clip's logit.
  private var telling: [Int: [Int: (index: Int, logit: Double)]] = [:]
  private let isExplained: Bool
  /// Of how many frames detectors of single frames score one.
  private let thinning: Int
  /// The face of each person whose answers by detectors of single frames stand for those that follow, and
  /// its frame.
  private var leads: [Int: (index: Int, frame: Int)] = [:]

  /// - Parameters:
  ///   - thinning: of how many frames detectors of single frames score one.
  ///   - isExplained: whether to keep what moved the scores of clips.
  init(
    models: [StoredDetector], ensemble: Ensemble, of input: ExtractInput, thinning: Int = 1,
    isExplained: Bool = false
  ) {
    (self.models, self.ensemble, self.input) = (models, ensemble, input)
    (self.thinning, self.isExplained) = (thinning, isExplained)
  }

  /// Adds the next faces, in the order of time.
  mutating func add(_ seen: [FaceClip]) throws {
    let first = faces.count
    faces += ThreadPool.map(seen.count) { [models] in
      ScoredFace(seen[$0], detectors: models.count)
    }
    let leading = seen.enumerated().map { lead(of: $1, at: first + $0) }
    let own = seen.indices.filter { leading[$0] == first + $0 }
    for (index, model) in models.enumerated() {
      let length = model.requirements.length(atRate: seen.first?.rate)
      if length > 1, case .video(let path) = input {
        for (offset, still) in seen.enumerated() {
          let assembler =
            assemblers[index] ?? ClipAssembler(length: length, rate: still.rate, video: path)
          assemblers[index] = assembler
          let part = ClipAssembler.Part(still.frames[0], key: first + offset)
          try note(assemblers[index]?.add(part, track: still.track ?? 0) ?? [], index)
        }
      } else {
        for (offset, score) in zip(own, try model.scores(of: own.map { seen[$0] })) {
          note(score, index, [first + offset])
        }
        for (offset, lead) in leading.enumerated() {
          faces[first + offset].answers[index] = faces[lead].answers[index]
        }
      }
    }
    settle()
  }

  /// Scores what the end of the file leaves of clips.
  mutating func finish() throws {
    for index in assemblers.keys.sorted() {
      try note(assemblers[index]?.finish() ?? [], index)
    }
    settle()
  }

  /// Makes all faces those of one person, of whom one picture is kept.
  mutating func unite() {
    let kept = best.values.max { ($0.score, $1.index) < ($1.score, $0.index) }
    for index in faces.indices {
      faces[index].person = 0
      if index != kept?.index { faces[index].clip = nil }
    }
    for model in models.indices {
      let own = telling.values.compactMap { $0[model] }.sorted { $0.index < $1.index }
      let most = own.max { $0.logit < $1.logit }
      for other in own where other.index != most?.index { faces[other.index].evidence[model] = nil }
    }
  }

  /// The face whose answers by detectors of single frames stand for the next one.
  private mutating func lead(of still: FaceClip, at index: Int) -> Int {
    let (person, frame) = (still.track ?? 0, still.frames[0].number ?? 0)
    if let known = leads[person], frame > known.frame, frame < known.frame + thinning {
      return known.index
    }
    leads[person] = (index, frame)
    return index
  }

  /// Scores clips that have ended with one detector.
  private mutating func note(_ ended: [ClipAssembler.Assembled], _ model: Int) throws {
    let scores = try models[model].scores(of: ended.map(\.clip))
    for (part, score) in zip(ended, scores) {
      note(score, model, part.keys)
      if isExplained { try explain(score, of: part, model) }
    }
  }

  /// Keeps what moved the score of a clip, if it is the person's most fake one so far by this detector.
  private mutating func explain(
    _ score: DetectorScore, of part: ClipAssembler.Assembled, _ model: Int
  ) throws {
    guard let first = part.keys.first, let logit = score.logits.max() else { return }
    let person = faces[first].person
    let old = telling[person]?[model]
    guard logit > old?.logit ?? -.infinity else { return }
    let evidence = try models[model].trained.detector.evidence(on: part.clip)
    guard !evidence.isEmpty else { return }
    if let old { faces[old.index].evidence[model] = nil }
    faces[first].evidence[model] = evidence
    telling[person, default: [:]][model] = (first, logit)
  }

  /// Notes what a detector says of the faces of a clip.
  private mutating func note(_ score: DetectorScore, _ model: Int, _ keys: [Int]) {
    for (key, logit) in zip(keys, score.logits(byFrame: keys.count)) {
      faces[key].answers[model] =
        logit.map { .score(models[model].calibration.probability($0)) }
        ?? .notApplicable(score.reason ?? "")
    }
  }

  /// Goes over the faces that every detector has answered by now.
  private mutating func settle() {
    while settled < faces.count, faces[settled].isSettled {
      keep(settled)
      settled += 1
    }
  }

  /// Keeps the picture of each person's face that is most surely fake, and lets the others go.
  private mutating func keep(_ index: Int) {
    let scores = faces[index].scores.compactMap(\.self)
    let score = scores.isEmpty ? -1 : ensemble(scores)
    let person = faces[index].person
    if let old = best[person] {
      guard score > old.score else {
        faces[index].clip = nil
        return
      }
      faces[old.index].clip = nil
    }
    best[person] = (index, score)
  }
}
