import Detection
import Engine
import Foundation
import Media

/// What a judgement leaves in a folder: `verdict.json`, and for videos `timeline.png`.
struct JudgementFiles {
  let judgement: FileJudgement
  let models: [DetectorModels.Model]
  let faces: [JudgedFace]

  init(_ judgement: FileJudgement, models: [DetectorModels.Model], faces: [JudgedFace]) {
    (self.judgement, self.models, self.faces) = (judgement, models, faces)
  }

  func write(to folder: String, isExplained: Bool) throws {
    try RunFolder.make(folder)
    try WholeFile.write(try JSONText.pretty(judgement), to: "\(folder)/verdict.json")
    if let timeline = try Timeline(judgement: judgement).drawn() {
      try WholeFile.write(
        try timeline.encoded(as: .png, mark: Mark.synthetic(by: Program.name)),
        to: "\(folder)/timeline.png")
    }
  }
}
