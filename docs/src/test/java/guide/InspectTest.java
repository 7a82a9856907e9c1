// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.flow.Destination.ring;
import static dev.ringside.flow.Destination.subTable;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.flow.FlowTable;
import dev.ringside.inspect.Inspect;
import dev.ringside.inspect.Picture;
import dev.ringside.migration.Migration;
import dev.ringside.nic.PhysicalNic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InspectTest {

  private final Lab lab = open();

  private static Lab open() {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/24");
    builder.subnet("B", "198.51.100.0/24");
    builder.host("h1").pnics(2).virtualFunctions(2).subnet("B").vms("db");
    ChassisBuilder c1 = builder.chassis("c1").subnets("A", "B").externalPnics(1);
    c1.blade("b1").pnics(2).virtualFunctions(2).vms("web", "cache");
    c1.blade("b2").pnics(2).virtualFunctions(2).vms();
    return builder.open();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void a_card_is_shown_as_ip_does() {
    lab.vm("db").send(udp().to(lab.vm("web")).port(53));
    // tag::link[]
    PhysicalNic p0 = lab.host("h1").pnic("p0");

    String text = Inspect.link(p0);
    // end::link[]
    Output.assertShown("inspect-link.txt", text);
  }

  @Test
  void flows_are_shown_with_their_sub_tables() {
    // tag::flows[]
    FlowTable table = lab.host("h1").pnic("p0").classifier().table();
    table.append(ip().vlan(102), subTable(sub -> sub.append(tcp().port(80), ring(2))));
    table.append(udp().port(53), ring(1));

    String text = Inspect.flows(table);
    // end::flows[]
    Output.assertShown("inspect-flows.txt", text);
  }

  @Test
  void a_migration_is_shown_under_way_and_over() {
    // tag::migrations[]
    Migration web = lab.migrate(lab.vm("web")).copyTime(Duration.ofMillis(50)).to(lab.blade("b2"));
    Migration db = lab.migrate(lab.vm("db")).to(lab.blade("b1"));
    String text =
        Inspect.migrations(List.of(web, db))
            + Inspect.switching(lab.chassis("c1").switchingTable())
            + Inspect.virtualRouters(lab.migrations());
    // end::migrations[]
    Output.assertShown("inspect-migrations.txt", text);
  }

  @Test
  void all_of_it_is_shown() {
    // tag::lab[]
    String text = Inspect.lab(lab);
    // end::lab[]
    assertThat(text).contains("== host b2: NICs ==");
  }

  @Test
  void a_picture_is_drawn() throws IOException {
    // tag::picture[]
    Migration web = lab.migrate(lab.vm("web")).copyTime(Duration.ofMillis(50)).to(lab.blade("b2"));
    lab.host("h1").pnic("p0").fail();
    lab.cable("b1/p1").unplug();

    Files.writeString(Path.of("target/lab.svg"), Picture.of(lab));
    // end::picture[]
    assertThat(web.isCommitted()).isFalse();
    Output.assertShown("inspect-lab.svg", Picture.of(lab));
  }
}
