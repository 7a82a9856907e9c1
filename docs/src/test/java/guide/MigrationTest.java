// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.chassis.Blade;
import dev.ringside.migration.Migration;
import dev.ringside.migration.MigrationPhase;
import dev.ringside.migration.VirtualRouter;
import dev.ringside.packet.Packet;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MigrationTest {

  private final Lab lab = open();
  private final VirtualMachine web = lab.vm("web");
  private final VirtualMachine db = lab.vm("db");
  private final Blade b1 = lab.blade("b1");
  private final Blade b2 = lab.blade("b2");

  private static Lab open() {
    // tag::topology[]
    LabBuilder lab = Lab.builder();
    lab.subnet("A", "192.0.2.0/24");
    lab.subnet("B", "198.51.100.0/24");
    lab.chassis("c1").subnets("A").blade("b1").virtualFunctions(2).vms("web", "cache");
    lab.chassis("c2").subnets("B").blade("b2").virtualFunctions(2).vms("db");
    // end::topology[]
    return lab.open();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void a_virtual_machine_moves() {
    // tag::move[]
    assertThat(web).reaches(db).through(lab.router());

    assertThat(lab.migrate(web).to(b2)).isCompleted();

    VirtualRouter router = lab.migrations().routerOf(b2);
    assertThat(web).isOn("b2").reaches(db).through(router.router()).withoutLeaving(b2);
    assertThat(db).reaches(web).withoutLeaving(b2);
    // end::move[]
    Packet query = web.send(udp().to(db).port(53));
    Output.assertShown("migration-trace.txt", lab.trace(query).toString().stripTrailing());
  }

  @Test
  void phases_are_told() {
    // tag::phases[]
    List<MigrationPhase> phases = new ArrayList<>();
    lab.migrations().onPhase((migration, phase) -> phases.add(phase));

    Migration migration = lab.migrate(web).copyTime(Duration.ofMillis(50)).to(b2);
    assertThat(migration).isRunning().isAt(MigrationPhase.COPY).isNotCommitted();

    lab.advance(Duration.ofMillis(50));
    assertThat(migration).isCompleted();
    assertThat(phases).startsWith(MigrationPhase.CHECK).endsWith(MigrationPhase.CLEAN);
    // end::phases[]
  }

  @Test
  void packets_are_kept() {
    // tag::buffer[]
    assertThat(db).reaches(web); // the router knows where it is
    web.inbox().clear();
    Migration migration = lab.migrate(web).copyTime(Duration.ofMillis(50)).buffer(2).to(b2);
    db.send(udp().to(web).port(1));
    db.send(udp().to(web).port(2));
    db.send(udp().to(web).port(3)); // one too many
    assertThat(web).receivedNothing();

    lab.advance(Duration.ofMillis(50));
    assertThat(migration).isCompleted();
    assertThat(web).receivedInOrder(udp().port(1), udp().port(2)).andNothingElse();
    lab.expectDrops(DropReason.RING_FULL);
    // end::buffer[]
  }

  @Test
  void a_target_fails() {
    // tag::failure[]
    Migration migration = lab.migrate(web).copyTime(Duration.ofMillis(50)).to(b2);
    b2.fail();

    assertThat(migration).isRolledBack().because("host b2 has failed");
    assertThat(web).isOn("b1").hasDirectAccess().reaches(lab.vm("cache"));
    assertThat(lab).hasVirtualRoutersOn();
    // end::failure[]
  }

  @Test
  void a_router_is_shared() {
    // tag::router[]
    assertThat(lab.migrate(web).to(b2)).isCompleted();
    assertThat(lab.migrate(lab.vm("cache")).to(b2)).isCompleted();
    assertThat(lab.migrations().routerOf(b2))
        .joins("A", "B")
        .forVms("web", "cache")
        .standsInFor(lab.subnet("A"))
        .doesNotStandInFor(lab.subnet("B"));

    assertThat(lab.migrate(web).to(b1)).isCompleted();
    assertThat(lab.migrate(lab.vm("cache")).to(b1)).isCompleted();
    assertThat(lab).hasVirtualRoutersOn();
    // end::router[]
  }

  @Test
  void a_router_comes_late() {
    // tag::late[]
    assertThat(web).reaches(db); // it knows its gateway
    Duration window = Duration.ofMillis(5);
    Migration migration = lab.migrate(web).routerAfterMove(window).to(b2);
    Packet lost = web.send(udp().to(db).port(53));
    lab.advance(window);

    assertThat(migration).isCompleted();
    assertThat(lab.trace(lost)).wasNotDelivered();
    assertThat(web).reaches(db);
    // end::late[]
    lab.expectDrops(DropReason.values());
  }
}
