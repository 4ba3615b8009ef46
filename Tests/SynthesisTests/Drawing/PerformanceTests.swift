import Engine
import Faces
import Testing

@testable import Synthesis

@Suite struct PerformanceTests {
  private let performance = Performance(RandomSource(seed: 3), poses: .limit)

  @Test func frameFollowsFrameSmoothly() throws {
    let times = (0..<1500).map { Double($0) / 25 }
    let moments = try times.map { try numbers(of: performance.expression(at: $0)) }
    for (one, next) in zip(moments, moments.dropFirst()) {
      for (name, value) in one where !name.hasPrefix("lid") && !name.hasPrefix("gaze") {
        #expect(abs(value - (next[name] ?? 0)) < 0.45, "\(name)")
      }
    }
    let poses = times.map(performance.pose)
    for (one, next) in zip(poses, poses.dropFirst()) {
      // Ten frames from one side to the other would be a twitch.
      #expect(abs(one.yaw - next.yaw) < 0.08 && abs(one.pitch - next.pitch) < 0.05)
    }
    #expect((poses.map(\.yaw).max() ?? 0) - (poses.map(\.yaw).min() ?? 0) > 0.4)
  }

  @Test func theFinestStepsAreSmallSteps() throws {
    // A function that is smooth in time moves a hundredth as far in a hundredth of a frame.
    for moment in stride(from: 0.0, to: 60, by: 0.37) {
      let one = try numbers(of: performance.expression(at: moment))
      let next = try numbers(of: performance.expression(at: moment + 0.0004))
      for (name, value) in one { #expect(abs(value - (next[name] ?? 0)) < 0.03, "\(name)") }
    }
  }

  @Test func thereIsSpeechAndThereArePauses() {
    let jaws = (0..<3000).map { performance.expression(at: Double($0) / 25).jawOpen }
    let isOpen = jaws.map { $0 > 0.12 }
    let syllables = zip(isOpen, isOpen.dropFirst()).count { !$0 && $1 }
    // Two minutes: some syllables each second while there is speech.
    #expect((100...500).contains(syllables))
    // Half a second without a word.
    let pauses = jaws.indices.dropLast(12).count { jaws[$0..<($0 + 12)].allSatisfy { $0 < 0.01 } }
    #expect(pauses > 60)
    #expect(jaws.count { $0 > 0.3 } > 100)
  }

  @Test func eyesRestAndThenJump() {
    let gaze = (0..<60_000).map { moment in
      let time = Double(moment) / 1000
      return performance.expression(at: time).gazeYaw + 0.7 * performance.pose(at: time).yaw
    }
    let steps = zip(gaze, gaze.dropFirst()).map { abs($1 - $0) }
    #expect(steps.count { $0 < 1e-4 } > 50_000)
    #expect((20...2400).contains(steps.count { $0 > 1e-3 }))
  }

  @Test func theEyesStayOnTheCameraAsTheHeadTurns() {
    var pose = Pose()
    pose.yaw = 0.4
    var expression = FacialExpression()
    expression.lookIntoTheCamera(pose, yaw: 0, pitch: 0)
    // The head turned to the viewer's right; the person's left is there too.
    #expect(expression.gazeYaw < -0.2)
  }
}
