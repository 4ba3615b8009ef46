import Engine
import Foundation
import Media
import Testing

@testable import Faces

@Suite struct RendererTests {
  @Test func drawsABallInTheMiddle() throws {
    let portrait = Renderer(Scene(), side: 256).portrait(
      of: [.ball()], landmarks: [], isClean: true)
    if let path = ProcessInfo.processInfo.environment["DFLAB_LOOK"] {
      try WholeFile.write(
        portrait.image.encoded(as: .png, mark: .synthetic(by: "dflab")), to: path + "/ball.png")
    }
    #expect(portrait.mask[128 * 256 + 128] == 255)
    #expect(portrait.mask[0] == 0)
  }
}
