import Credentials
import Engine
import Foundation
import Media

/// Signs marked files with a workspace's certificate.
struct CredentialsSeal: MarkSeal {
  let signer: CredentialsSigner
  /// What the files are made from.
  var ingredients: [CredentialsIngredient] = []

  func sealed(_ file: [UInt8], _ mark: Mark) throws(MediaError) -> [UInt8] {
    do {
      return try SignedPicture.bytes(of: file, statement(mark), signer: signer)
    } catch {
      throw .unsigned(reason: "\(error)")
    }
  }

  func seal(videoAt path: String, named name: String, _ mark: Mark) throws(MediaError) {
    let (statement, copy) = (statement(mark), "\(path).signed")
    defer { try? FileManager.default.removeItem(atPath: copy) }
    do {
      if try SignedVideo.copy(of: path, to: copy, statement, signer: signer) {
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.moveItem(atPath: copy, toPath: path)
      } else {
        let bytes = try SignedVideo.sidecarBytes(of: path, statement, signer: signer)
        try WholeFile.write(bytes, to: SignedVideo.sidecar(of: name))
      }
    } catch let error as CredentialsError {
      throw .unsigned(reason: "\(error)")
    } catch {
      throw .unwritableVideo(path: name, reason: RunFolder.reason(of: error))
    }
  }

  private func statement(_ mark: Mark) -> CredentialsStatement {
    CredentialsStatement(
      program: "dflab", version: Program.version, sourceType: mark.sourceType,
      ingredients: ingredients)
  }
}
