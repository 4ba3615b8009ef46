import Engine
import Testing

/// The learning rate over a run.
@Suite struct ScheduleTests {
  @Test func coursesRunFromOneToTheFloor() {
    for course in Schedule.Course.allCases where course != .constant {
      let schedule = Schedule(course, floor: 0.1)
      #expect(schedule.factor(at: 0) == 1)
      #expect(abs(schedule.factor(at: 0.5) - 0.55) < 1e-6)
      #expect(abs(schedule.factor(at: 1) - 0.1) < 1e-6)
    }
    #expect(Schedule(.constant).factor(at: 0.7) == 1)
  }

  @Test func aCosineFallsSlowlyAtItsEnds() {
    // >>> [(1 + math.cos(math.pi * p)) / 2 for p in (0.25, 0.75)]
    let schedule = Schedule(.cosine)
    #expect(abs(schedule.factor(at: 0.25) - 0.8535534) < 1e-6)
    #expect(abs(schedule.factor(at: 0.75) - 0.1464466) < 1e-6)
  }

  @Test func coursesNeverRise() {
    for course in Schedule.Course.allCases {
      let factors = (0...100).map { Schedule(course).factor(at: Double($0) / 100) }
      #expect(zip(factors, factors.dropFirst()).allSatisfy { $0 >= $1 })
    }
  }

  @Test func aWarmUpRisesEvenlyAndIsOver() {
    let schedule = Schedule(.constant, warmup: 4)
    #expect((0..<6).map { schedule.factor(at: 0, iteration: $0) } == [0.25, 0.5, 0.75, 1, 1, 1])
    #expect(schedule.factor(at: 0) == 1)
  }

  @Test func progressOutsideTheRunIsHeldToIt() {
    #expect(Schedule(.linear).factor(at: 3) == 0)
    #expect(Schedule(.linear).factor(at: -1) == 1)
    #expect(Schedule(.linear).factor(at: .nan) == 1)
  }
}
