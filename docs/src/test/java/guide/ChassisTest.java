// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.chassis.BladeChassis;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.chassis.VirtualSwitchingTable;
import dev.ringside.packet.Packet;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChassisTest {

  private final Lab lab = open();
  private final VirtualMachine web = lab.vm("web");
  private final VirtualMachine db = lab.vm("db");

  private static Lab open() {
    // tag::topology[]
    LabBuilder lab = Lab.builder();
    ChassisBuilder c1 = lab.chassis("c1");
    c1.blade("b1").virtualFunctions(4).vms("web", "app");
    c1.blade("b2").vms("db");
    lab.chassis("c2").blade("b3").vms("far");
    // end::topology[]
    return lab.open();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void a_table_knows_who_is_where() {
    // tag::table[]
    Packet sent = web.send(udp().to(db).port(53));

    assertThat(lab.trace(sent)).wasDelivered();
    assertThat(lab.chassis("c1").networkInterface()).sent(0); // it stayed in the chassis
    assertThat(lab.chassis("c1").switchingTable()).finds(db).on("b2").doesNotFind(lab.vm("far"));
    // end::table[]
  }

  @Test
  void a_table_can_be_wrong() {
    // tag::wrong[]
    VirtualSwitchingTable table = lab.chassis("c1").switchingTable();
    table.point(db, lab.blade("b1"));
    web.send(udp().to(lab.vm("app")).port(53));
    lab.vm("far").send(udp().to(db).port(53)); // comes to b1, where nobody waits for it

    assertThat(db).receivedNothing();
    table.point(db, lab.blade("b2"));
    assertThat(lab.chassis("c1")).findsAll();
    // end::wrong[]
    lab.ledger().expectDrops(DropReason.values());
  }

  @Test
  void parts_fail() {
    // tag::failures[]
    BladeChassis chassis = lab.chassis("c1");
    chassis.networkInterface().fail();
    assertThat(web).reaches(db).doesNotReach(lab.vm("far"));

    chassis.networkInterface().repair();
    chassis.interconnect().fail(); // the blades see their links go down
    assertThat(web).doesNotReach(db);

    chassis.interconnect().repair();
    assertThat(chassis).isConnected();
    lab.blade("b2").fail(); // a whole blade
    assertThat(web).doesNotReach(db).reaches(lab.vm("far"));
    // end::failures[]
    lab.ledger().expectDrops(DropReason.values());
  }

  @Test
  void blades_have_nics_of_their_own() {
    // tag::external[]
    LabBuilder builder = Lab.builder();
    ChassisBuilder c1 = builder.chassis("c1").externalPnics(1);
    c1.blade("b1").pnics(2).vms("web");
    c1.blade("b2").pnics(2).vms("db");
    try (Lab lab = builder.open()) {
      lab.chassis("c1").interconnect().fail();
      lab.advance(Duration.ofSeconds(1)); // until both aggregations have seen it

      assertThat(lab.blade("b1").aggregator()).hasActive("p1");
      assertThat(lab.vm("web")).reaches(lab.vm("db"));
    }
    // end::external[]
  }
}
