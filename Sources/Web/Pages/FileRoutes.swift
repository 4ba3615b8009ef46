import Foundation
import Records

/// The workspace's files.
struct FileRoutes {
  let lab: Lab

  init(_ lab: Lab) { self.lab = lab }

  var routes: [Route] {
    [
      Route("GET", "/files/{path...}") { request, captures in
        let path = try lab.workspace.path(ofShown: captures.rest("path"))
        return try WebReply(file: path, to: request)
          .with("Content-Security-Policy", WebApp.filePolicy)
      },
      Route("GET", "/thumbnails/{path...}") { request, captures in
        let path = try lab.workspace.path(ofShown: captures.rest("path"))
        return try WebReply(
          file: try await lab.thumbnails.path(of: path), to: request, as: "image/jpeg"
        )
        .with("Cache-Control", "private, max-age=600")
      },
    ]
  }
}
