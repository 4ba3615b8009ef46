import Foundation
import Records
import TestSupport

@testable import Web

/// The pages of a workspace in a folder of its own, without a socket.
struct TestLab {
  let folder: TemporaryFolder
  let workspace: Workspace
  let lab: Lab
  let app: WebApp
  private let key: String

  /// - Parameter program: what carries out jobs; a shell script.
  init(program: String = "exit 0", settings: ServerSettings = ServerSettings()) async throws {
    folder = try TemporaryFolder()
    workspace = try Workspace.make(at: folder.path).workspace
    let path = "\(folder.path)/program"
    try Data("#!/bin/sh\n\(program)\n".utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    lab = try Lab(workspace, settings, program: path)
    let sessions = Sessions(
      at: "\(Lab.folder(in: workspace))/sessions.json", password: settings.password)
    app = WebApp(lab, Gate(host: "127.0.0.1", port: 8080, sessions: sessions))
    key = try await sessions.key(forToken: await sessions.newToken()) ?? ""
  }

  /// Asks with a session.
  func ask(
    _ method: String = "GET", _ target: String, _ headers: [String: String] = [:],
    body: Data = Data()
  ) async throws -> WebReply {
    var headers = headers
    headers["Cookie"] = headers["Cookie"] ?? "dflab_session_8080=\(key)"
    return try await askAnyone(method, target, headers, body: body)
  }

  /// Asks without a session.
  func askAnyone(
    _ method: String = "GET", _ target: String, _ headers: [String: String] = [:],
    body: Data = Data()
  ) async throws -> WebReply {
    let all = ["Host": "127.0.0.1:8080"].merging(headers, uniquingKeysWith: { $1 })
    let head = try RequestHead(
      method: method, target: target, headers: all, length: body.count)
    return await app.reply(to: head, body: RequestBody(body))
  }

  /// Sends a form with files.
  func send(
    _ target: String, files: [(name: String, bytes: Data)], fields: [String: String] = [:]
  ) async throws -> WebReply {
    var body = Data()
    for (name, value) in fields {
      body += Data(
        "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
    }
    for (name, bytes) in files {
      body += Data(
        "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\(name)\"\r\n\r\n".utf8)
      body += bytes + Data("\r\n".utf8)
    }
    body += Data("--b--\r\n".utf8)
    return try await ask(
      "POST", target, ["Content-Type": "multipart/form-data; boundary=b"], body: body)
  }

  /// Waits until a job has ended.
  func end(of number: Int) async throws -> Job {
    for _ in 0..<500 {
      let job = try await lab.queue.job(number)
      if job.state.isFinal { return job }
      try await Task.sleep(for: .milliseconds(20))
    }
    return try await lab.queue.job(number)
  }
}

extension WebReply {
  /// The reply's bytes as text.
  var text: String {
    switch body {
    case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
    case .file(let url, let range):
      String(
        decoding: ((try? Data(contentsOf: url)) ?? Data()).subdata(in: range), as: UTF8.self)
    case .socket: ""
    }
  }
}
