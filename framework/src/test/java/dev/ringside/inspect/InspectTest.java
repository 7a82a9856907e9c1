// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.inspect;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.memory.NumaTopology;
import dev.ringside.virt.ProxyConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InspectTest {

  private Lab lab;

  @BeforeEach
  void open() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(2).virtualFunctions(2).vms("web");
    lab = builder.open();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void topology_shows_who_hangs_on_whom() {
    assertThat(Inspect.topology(lab.hosts()))
        .isEqualTo(
            """
            external switch
              host h1
                PNIC p0 (up)  MAC 02:52:53:02:00:01
                  p0/vf0: MAC 02:52:53:01:00:01, spoof checking on, link AUTO, trust off, bound to web
                  free virtual functions: 1
                PNIC p1 (up, inactive)  MAC 02:52:53:02:00:02
                  free virtual functions: 2
                aggregator aggr0 (NORMAL, active p0, 0 held)
                VM web (02:52:53:01:00:01, 198.18.0.1, 2001:db8:52::1), web/vnic0 (DIRECT through p0/vf0)
            """);
  }

  @Test
  void links_show_counters_in_columns() {
    lab.wire().send(udp().to(lab.vm("web")).port(53), 3);
    lab.host().pnic("p0").fail();

    assertThat(Inspect.links(lab.host()))
        .isEqualTo(
            """
            LINK      STATE           RX packets  RX bytes  TX packets  TX bytes  dropped
            p0        FAILED,STANDBY           3       180           0         0        0
            p1        UP                       0         0           2       146        3
              p1/vf0  web                      0         0           0         0        0
            web       DIRECT                   3                     0                  0
            """);
  }

  @Test
  void forwarding_lists_the_stations_of_a_switch() {
    lab.wire().announce();

    assertThat(Inspect.forwarding(lab.externalSwitch()))
        .isEqualTo("vlan 1 02:52:53:00:00:fe station\n");
  }

  @Test
  void fates_add_up_and_name_the_place_of_each_drop() {
    lab.host().pnic("p0").fail();
    lab.host().pnic("p1").fail();
    lab.vm("web").send(udp().to(lab.wire()).port(9));

    assertThat(Inspect.fates(lab.ledger()))
        .contains("  1 dropped at HOLD_QUEUE aggr0: NO_UPLINK\n");
  }

  @Test
  void numa_shows_nodes_buffers_and_distances() {
    LabBuilder builder = Lab.builder();
    builder
        .host("h1")
        .vms("web")
        .numa(
            NumaTopology.nodes(2)
                .processors(8)
                .buffers(512)
                .distances(new int[][] {{10, 21}, {31, 10}}));
    try (Lab numa = builder.open()) {
      numa.host().transmitBuffers().request("web").granted().beginDma();

      assertThat(Inspect.numa(numa.host().transmitBuffers()))
          .isEqualTo(
              """
              NODE  processors  buffers  free  allocated  in DMA  to 0  to 1
                 0           8      512   511          0       1    10    21
                 1           8      512   512          0       0    31    10
              """);
    }
  }

  @Test
  void proxies_show_tables_and_channels() {
    lab.close();
    LabBuilder builder = Lab.builder();
    builder.host("h1").vms("web", "db").proxies(ProxyConfig.DEFAULT.withCapacity(2));
    lab = builder.open();
    lab.vm("db").pause();
    for (int i = 0; i < 3; i++) {
      lab.vm("web").send(udp().to(lab.vm("db")).port(53));
      lab.vm("db").send(udp().to(lab.vm("web")).port(53));
    }

    assertThat(Inspect.proxies(lab.host()))
        .isEqualTo(
            """
            VM   ADDRESS            PORT
            web  02:52:53:01:00:01  web/net0
            web  02:52:53:01:00:02  web/proxy-db
            db   02:52:53:01:00:01  db/proxy-web
            db   02:52:53:01:00:02  db/net0
            CHANNEL  used  capacity  passed  dropped  waiting
            web>db      2         2       0        0        1
            db>web      0         2       3        0        0
            """);
  }
}
