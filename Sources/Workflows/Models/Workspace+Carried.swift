import Engine
import Foundation
import Records

extension Workspace {
  /// Copies an embedded model into `Checkpoints`, unless the name exists.
  func lay(_ model: CarriedModel) throws {
    let folder = RunFolder(name: model.rawValue, in: self)
    guard !FileManager.default.fileExists(atPath: folder.checkpoints) else { return }
    try RunFolder.make(folder.checkpoints)
    do {
      try WholeFile.write(model.bytes, to: folder.best)
    } catch {
      throw RecordsError.unwritable(path: folder.best, reason: error.description)
    }
  }
}
