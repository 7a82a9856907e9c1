// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ringside.Lab;
import dev.ringside.aggregate.Client;
import dev.ringside.aggregate.Member;
import dev.ringside.bytebuddy.Fault;
import dev.ringside.bytebuddy.FaultPoint;
import dev.ringside.bytebuddy.FaultPoints;
import dev.ringside.bytebuddy.Faults;
import dev.ringside.bytebuddy.WithFaults;
import dev.ringside.bytebuddy.guard.Guarded;
import dev.ringside.bytebuddy.guard.RealWorldError;
import dev.ringside.bytebuddy.guard.RealWorldGuard;
import dev.ringside.host.Host;
import dev.ringside.host.Tenancy;
import dev.ringside.junit.jupiter.HostSpec;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.lifecycle.LabSession;
import dev.ringside.lifecycle.UncleanLabError;
import dev.ringside.memory.MemoryPool;
import dev.ringside.memory.MemorySize;
import dev.ringside.migration.Migration;
import dev.ringside.migration.MigrationState;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.time.Ratio;
import dev.ringside.trace.EventKind;
import dev.ringside.vm.VirtualMachine;
import guide.agent.Poller;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RingsideExtension.class)
class FaultPointsTest {

  // tag::first[]
  @Test
  @WithFaults
  void a_repair_that_gets_lost_is_done_again(Host host, Faults faults) {
    PhysicalNic p0 = host.pnic("p0");
    faults.before(PhysicalNic::repair).onCall(1).drop();

    p0.fail();
    p0.repair();
    assertThat(p0.isFailed()).isTrue();
    p0.repair();
    assertThat(p0.isFailed()).isFalse();
  }

  // end::first[]

  @Test
  void a_lab_without_junit() {
    // tag::plain[]
    Faults faults = new Faults();
    try (Lab lab = Lab.builder().parts(faults).open()) {
      Fault late = faults.before(PhysicalNic::fail).delay(Duration.ofMillis(3));

      lab.host().pnic("p0").fail();
      assertThat(lab.host().aggregator().activeName()).isEqualTo("p0");
      lab.advance(Duration.ofMillis(3));
      assertThat(lab.host().aggregator().activeName()).isEqualTo("p1");
      assertThat(late.fired()).isEqualTo(1);
      // end::plain[]
      Output.assertShown(
          "fault-fired.txt",
          lab.journal().entries().stream()
              .filter(
                  entry -> entry.event() != null && entry.event().kind() == EventKind.FAULT_FIRED)
              .map(Object::toString)
              .collect(Collectors.joining("\n")));
    }
  }

  @Test
  @WithFaults
  void sentences(@HostSpec(pnics = 2, virtualFunctions = 4, vms = "web") Host host, Faults faults) {
    PhysicalNic p0 = host.pnic("p0");
    // tag::sentences[]
    faults.before(PhysicalNic::fail).on(p0).onCall(2).delay(Duration.ofMillis(3));
    faults.after(Tenancy::move).failActor().lenient();
    faults
        .before(Client::map)
        .when(call -> call.argument(Member.class).name().equals("p1"))
        .answer(false);
    faults
        .at(FaultPoints.ADDRESS_ALLOCATION)
        .withChance(Ratio.of(1, 10))
        .throwing(() -> new IllegalStateException("the pool is empty"))
        .lenient();
    faults
        .before(MemoryPool.class, memory -> memory.reserve("", MemorySize.bytes(0)))
        .throwing(() -> new IllegalStateException("no memory today"));
    // end::sentences[]
    p0.fail();
    p0.repair();
    p0.fail();
    assertThat(p0.isFailed()).isFalse();
    assertThat(host.vm("web").directAccessThrough()).isNull();
    assertThatThrownBy(() -> host.memory().reserve("web", MemorySize.bytes(1_000)))
        .hasMessage("no memory today");
  }

  @Test
  void a_race() {
    Faults faults = new Faults();
    Lab lab =
        Lab.builder()
            .parts(faults)
            .topology(
                builder -> {
                  builder.host("h1").pnics(2).virtualFunctions(4).vms("web");
                  builder.host("h2").pnics(2).virtualFunctions(4).vms("db");
                })
            .open();
    try (LabSession session = LabSession.of(lab)) {
      VirtualMachine web = lab.vm("web");
      // tag::race[]
      faults.at(FaultPoints.AFTER_MOVE).run(call -> lab.host("h2").pnic("p0").fail());

      Migration migration = lab.migrate(web).to(lab.host("h2"));

      assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
      lab.vm("db").send(udp().to(web).port(53));
      assertThat(web).received(udp().port(53));
      // end::race[]
      session.check();
    }
  }

  @Test
  void a_fault_that_never_fires() {
    Faults faults = new Faults();
    try (LabSession session = LabSession.of(Lab.builder().parts(faults).open())) {
      // tag::unused[]
      faults.before(PhysicalNic::repair).onCall(2).drop();
      session.lab().host().pnic("p0").repair();
      // end::unused[]
      Output.assertShown(
          "fault-unused.txt", assertThrows(UncleanLabError.class, session::check).getMessage());
    }
  }

  // tag::point[]
  static final FaultPoint<PhysicalNic> BEFORE_REPAIR = FaultPoint.before(PhysicalNic::repair);

  // end::point[]

  @Test
  void a_point_has_a_name() {
    assertThat(BEFORE_REPAIR).hasToString("before PhysicalNic.repair");
  }

  // ---- the guard ----

  // tag::guarded[]
  @Test
  @Guarded("guide.agent")
  void polls_in_the_labs_time(Lab lab) {
    Instant now = Instant.now(lab.clock());
    assertThat(new Poller().nextPoll(lab.clock())).isEqualTo(now.plusSeconds(5));
  }

  // end::guarded[]

  @Test
  void the_guard_names_the_line() {
    // tag::guard[]
    try (RealWorldGuard guard = RealWorldGuard.over("guide.agent")) {
      RealWorldError error = assertThrows(RealWorldError.class, () -> new Poller().nextPoll());
      // end::guard[]
      Output.assertShown("guard.txt", String.valueOf(error.getMessage()));
      assertThat(guard.uses()).hasSize(1);
    }
  }
}
