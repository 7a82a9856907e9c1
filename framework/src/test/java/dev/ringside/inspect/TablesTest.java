// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.inspect;

import static dev.ringside.flow.Destination.drop;
import static dev.ringside.flow.Destination.ring;
import static dev.ringside.flow.Destination.subTable;
import static dev.ringside.memory.MemorySize.bytes;
import static dev.ringside.monitor.UserMemory.slots;
import static dev.ringside.monitor.UserMemory.userMemory;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.TestLabs;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.host.Host;
import dev.ringside.migration.Migration;
import dev.ringside.nic.PhysicalNic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The text of each table, to the letter. */
class TablesTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab twoNics() {
    return labs.open(host -> host.pnics(2).virtualFunctions(2).vms("web", "db"));
  }

  private Lab chassis() {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/24");
    builder.subnet("B", "198.51.100.0/24");
    ChassisBuilder c1 = builder.chassis("c1").subnets("A", "B").externalPnics(1);
    c1.blade("b1").pnics(2).vms("web");
    c1.blade("b2").pnics(2).subnet("B").vms("db");
    return labs.open(builder);
  }

  @Test
  void link_is_as_ip_lists_it_with_its_functions() {
    Lab lab = twoNics();
    PhysicalNic p0 = lab.host().pnic("p0");
    lab.wire().send(udp().to(lab.vm("web")).port(53), 3);
    p0.virtualFunction(1).setVlan(100, 3);
    p0.virtualFunction(1).setRate(0, 100_000_000);

    assertThat(Inspect.link(p0))
        .isEqualTo(
            """
            p0: <UP,LOWER_UP,ACTIVE> maxframe 9014 state UP
                link/ether 02:52:53:02:00:01 brd ff:ff:ff:ff:ff:ff
                RX:  bytes  packets  errors  dropped  mcast
                       180        3       0        0      0
                TX:  bytes  packets
                         0        0
                vf 0     link/ether 02:52:53:01:00:01, spoof checking on, link-state auto, trust off, bound to web
                vf 1     link/ether 02:52:53:01:00:02, vlan 100, qos 3, max_tx_rate 100Mbps, spoof checking on, link-state auto, trust off, bound to db
            """);
  }

  @Test
  void physical_lists_cards_as_dladm() {
    Lab lab = twoNics();
    lab.cable("p1").unplug();
    lab.cable("p0").toNetwork().setBandwidth(10_000_000_000L);

    assertThat(Inspect.physical(lab.host()))
        .isEqualTo(
            """
            LINK  STATE  ROLE     SPEED      MAC                VFS  BOUND  CABLE
            p0    up     active   10Gbps     02:52:53:02:00:01    2      2  plugged
            p1    down   standby  unlimited  02:52:53:02:00:02    2      0  unplugged
            """);
  }

  @Test
  void vnics_say_what_they_go_through() {
    Lab lab = labs.open(host -> host.pnics(1).virtualFunctions(1).vms("web", "db"));
    lab.host().vnic("db").setBandwidth(8_000_000);
    lab.vm("web").send(udp().to(lab.vm("db")).port(53));

    assertThat(Inspect.vnics(lab.host()))
        .isEqualTo(
            """
            VNIC       OVER     PATH      LIMIT      PRIORITY  MAC                VID  RX  TX  DROP  WAIT
            web/vnic0  p0/vf0   direct    unlimited  normal    02:52:53:01:00:01    0   0   1     0     0
            db/vnic0   vswitch  switched  8Mbps      normal    02:52:53:01:00:02    0   1   0     0     0
            """);
  }

  @Test
  void aggregator_lists_its_ports() {
    Lab lab = twoNics();
    lab.host().pnic("p0").fail();

    assertThat(Inspect.aggregator(lab.host().aggregator()))
        .isEqualTo(
            """
            LINK   MODE            STATE   HELD
            aggr0  active/standby  normal     0
            PORT  HEALTH   ROLE
            p0    failed   standby
            p1    healthy  active
            """);
  }

  @Test
  void connections_say_where_they_went() {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .virtualFunctions(2)
                    .aggregation(Aggregation.ACTIVE_ACTIVE)
                    .vms("web"));
    lab.vm("web").send(udp().to(lab.wire()).port(53).fromPort(4_000));

    assertThat(Inspect.connections(lab.vm("web").aggregator()))
        .isEqualTo(
            """
            CONNECTION                                PORT  BEFORE
            udp 198.18.0.1:4000 <> 198.18.255.254:53  p0    -
            """);
  }

  @Test
  void cables_count_what_they_carried() {
    Lab lab = twoNics();
    lab.wire().send(udp().to(lab.vm("web")).port(53), 3);
    lab.cable("p1").unplug();

    assertThat(Inspect.cables(lab.cables()))
        .isEqualTo(
            """
            CABLE  STATE      CARRIED  LOST  UNDER WAY
            p0     plugged          3     0          0
            p1     unplugged        3     0          0
            """);
  }

  @Test
  void rings_are_those_of_the_card_and_of_bound_functions() {
    Lab lab = twoNics();
    lab.vm("web").pause();
    lab.wire().send(udp().to(lab.vm("web")).port(53), 3);

    assertThat(Inspect.rings(lab.host().pnic("p0")))
        .isEqualTo(
            """
            RING        OF    MODE       USED  SLOTS  TAKEN  DROPPED  INTERRUPTS
            p0/rx0      host  interrupt     0    512      0        0           0
            p0/rx1      host  interrupt     0    512      0        0           0
            p0/rx2      host  interrupt     0    512      0        0           0
            p0/rx3      host  interrupt     0    512      0        0           0
            p0/tx       host  -             0    512      0        0
            p0/vf0/rx0  web   poll          0    512      3        0           1
            p0/vf0/tx   web   -             0    512      0        0
            p0/vf1/rx0  db    interrupt     0    512      0        0           0
            p0/vf1/tx   db    -             0    512      0        0
            """);
  }

  @Test
  void flows_stand_below_those_that_lead_to_them() {
    Lab lab = twoNics();
    PhysicalNic p0 = lab.host().pnic("p0");
    assertThat(Inspect.classifier(p0)).isEmpty();

    p0.classifier()
        .table()
        .append(ip().vlan(100), subTable(sub -> sub.append(tcp().port(80), ring(2))));
    p0.classifier().table().append(udp().port(53), drop());
    p0.classifier().table().setDefault(ring(1));

    assertThat(Inspect.flows(p0.classifier().table()))
        .isEqualTo(
            """
            FLOW  MATCH        DESTINATION      HITS
            #0    ip vlan 100  table sub-table     0
            #0.0  tcp port 80  ring 2              0
            #1    udp port 53  drop                0
            #*    any other    ring 1
            """);
    assertThat(Inspect.classifier(p0))
        .isEqualTo(
            "flow table p0/flows: 2 of 1048576 entries\n" + Inspect.flows(p0.classifier().table()));
  }

  @Test
  void networks_are_as_bridge_and_ip_list_them() {
    Lab lab = chassis();
    lab.vm("web").ping(lab.vm("db"));

    assertThat(Inspect.vlans(lab.externalSwitch()))
        .isEqualTo(
            """
            PORT            STATE  VLANS
            station         up     all vlans, native 1
            router/A        up     access vlan 101
            router/B        up     access vlan 102
            router/station  up     access vlan 1
            c1/ni0          up     trunk, native 1, tagged 101 102
            b1/p1           up     all vlans, native 1
            b2/p1           up     all vlans, native 1
            """);
    assertThat(Inspect.ports(lab.router()))
        .isEqualTo(
            """
            PORT     STATE  MAC                MTU   VLANS            ADDRESSES
            A        up     02:52:53:04:00:01  1500  access vlan 101  192.0.2.1 2001:db8:53:1::1
            B        up     02:52:53:04:00:02  1500  access vlan 102  198.51.100.1 2001:db8:53:2::1
            station  up     02:52:53:04:00:00  1500  access vlan 1    198.18.255.253 2001:db8:52::fd
            """);
    assertThat(Inspect.routes(lab.router()))
        .isEqualTo(
            """
            192.0.2.0/24 dev A scope link
            198.18.255.253/32 dev station scope link
            198.18.255.254/32 dev station scope link
            198.51.100.0/24 dev B scope link
            2001:db8:52::fd/128 dev station scope link
            2001:db8:52::fe/128 dev station scope link
            2001:db8:53:1::/64 dev A scope link
            2001:db8:53:2::/64 dev B scope link
            """);
    assertThat(Inspect.neighbours(lab.router()))
        .isEqualTo(
            """
            192.0.2.2 dev A lladdr 02:52:53:01:00:01 REACHABLE
            198.51.100.2 dev B lladdr 02:52:53:01:00:02 REACHABLE
            """);
    assertThat(Inspect.routes(lab.vm("web").stack()))
        .isEqualTo(
            """
            default via 192.0.2.1
            192.0.2.0/24 scope link
            default via 2001:db8:53:1::1
            2001:db8:53:1::/64 scope link
            """);
    assertThat(Inspect.neighbours(lab.vm("web").stack()))
        .isEqualTo(
            """
            192.0.2.1 lladdr 02:52:53:04:00:01 REACHABLE
            """);
    assertThat(Inspect.subnets(lab.subnets()))
        .isEqualTo(
            """
            SUBNET  VLAN  PREFIX           GATEWAY       USED  IPV6 PREFIX
            A        101  192.0.2.0/24     192.0.2.1        2  2001:db8:53:1::/64
            B        102  198.51.100.0/24  198.51.100.1     2  2001:db8:53:2::/64
            """);
  }

  @Test
  void a_neighbour_that_does_not_answer_is_incomplete() {
    Lab lab = chassis();
    lab.vm("web").send(udp().to("192.0.2.99").port(53));

    assertThat(Inspect.neighbours(lab.vm("web").stack())).isEqualTo("192.0.2.99 INCOMPLETE\n");
    assertThat(Inspect.routes(twoNics().vm("web").stack())).isEmpty();
    lab.advance(Duration.ofSeconds(5));
  }

  @Test
  void a_chassis_is_listed_with_its_switching_table() {
    Lab lab = chassis();
    lab.migrate(lab.vm("web")).to(lab.blade("b2"));
    lab.blade("b1").fail();

    assertThat(Inspect.chassis(lab.chassis("c1")))
        .isEqualTo(
            """
            PART             STATE   VMS  NICS  OUTSIDE
            c1/interconnect  up
            c1/ni0           up
            b1               failed    0     2  p1
            b2               up        2     2  p1
            """);
    assertThat(Inspect.switching(lab.chassis("c1").switchingTable()))
        .isEqualTo(
            """
            VM   MAC                VLAN  BLADE  CHASSIS
            web  02:52:53:01:00:01   101  b2     c1
            db   02:52:53:01:00:02   102  b2     c1
            """);
    assertThat(Inspect.virtualRouters(lab.migrations()))
        .isEqualTo(
            """
            HOST  SUBNETS  JOINS
            b2    A B      A-B for [web]
            """);
  }

  @Test
  void migrations_are_listed_under_way_and_over() {
    Lab lab = chassis();
    Migration web = lab.migrate(lab.vm("web")).copyTime(Duration.ofMillis(50)).to(lab.blade("b2"));
    Migration db = lab.migrate(lab.vm("db")).copyTime(Duration.ofMillis(50)).to(lab.blade("b1"));
    db.cancel();

    assertThat(Inspect.migrations(List.of(web, db)))
        .isEqualTo(
            """
            VM   FROM  TO  STATE        PHASE  COMMITTED  REASON
            web  b1    b2  running      COPY   no         -
            db   b2    b1  rolled_back  COPY   no         cancelled
            """);
    lab.advance(Duration.ofSeconds(1));
    assertThat(Inspect.migrations(lab.migrations().running()))
        .isEqualTo("VM  FROM  TO  STATE  PHASE  COMMITTED  REASON\n");
  }

  @Test
  void quotas_and_those_who_wait_for_them_are_listed() {
    Lab lab = labs.open(host -> host.vms("web").memory(bytes(10_000)));
    lab.host().memory().reserve("web", bytes(3_000));
    lab.wire().send(udp().to(lab.vm("web")).payloadSize(1_400), 3);

    assertThat(Inspect.quotas(lab.host().memory()))
        .isEqualTo(
            """
            QUOTA  KIND             USED  LIMIT  RESERVED  HIGHEST  LIVE  WAITING
            web    virtual_machine  2884   3000      3000     2884     2        1
            unassigned 7000 of 10000 bytes
            """);
    assertThat(Inspect.waiters(lab.waiters()))
        .isEqualTo(
            """
            OWNER         AMOUNT  UNIT  RESOURCE       SINCE  WOKEN BY
            web/vnic0/rx    1442  byte  memory of web  PT0S   a release of memory of web, or a higher limit
            """);
    lab.vm("web").inbox().clear();
  }

  @Test
  void monitors_and_containments_are_listed() {
    Lab lab = twoNics();
    Host host = lab.host();
    host.monitor(ip().from("203.0.113.7"), userMemory(slots(64)));
    host.steering().contain(tcp().syn().port(80));
    lab.wire().send(ip().from("203.0.113.7").to(lab.vm("web")), 2);
    lab.wire().send(tcp().syn().to(lab.vm("web")).port(80));

    assertThat(Inspect.monitors(host))
        .isEqualTo(
            """
            MONITOR   OF                   STATE     USED  SLOTS  CAPTURED  LOST  REINJECTED
            monitor0  ip from 203.0.113.7  watching     2     64         2     0           0
            """);
    assertThat(Inspect.containments(host.steering()))
        .isEqualTo(
            """
            SIGNATURE        PACKETS  STANDBY RINGS  STATE
            tcp syn port 80        1  p0/standby0    installed
            """);
    host.monitors().get(0).releaseAll();
    host.pnic("p0").standbyRing().discard();
  }

  @Test
  void a_lab_shows_each_table_that_has_something_to_show() {
    Lab lab = chassis();
    lab.migrate(lab.vm("web")).copyTime(Duration.ofMillis(50)).to(lab.blade("b2"));

    assertThat(Inspect.lab(lab).lines().filter(line -> line.startsWith("==")))
        .containsExactly(
            "== switch: ports ==",
            "== switch: stations ==",
            "== cables ==",
            "== subnets ==",
            "== router: ports ==",
            "== router: routes ==",
            "== chassis c1 ==",
            "== chassis c1: switching ==",
            "== host b1: NICs ==",
            "== host b1: aggregator ==",
            "== host b1: rings of p0 ==",
            "== host b1: rings of p1 ==",
            "== host b1: VNICs ==",
            "== host b1: routes of web ==",
            "== host b1: stations ==",
            "== host b2: NICs ==",
            "== host b2: aggregator ==",
            "== host b2: rings of p0 ==",
            "== host b2: rings of p1 ==",
            "== host b2: VNICs ==",
            "== host b2: routes of db ==",
            "== host b2: stations ==",
            "== migrations ==",
            "== virtual routers ==",
            "== fates of packets ==");
    lab.advance(Duration.ofSeconds(1));
  }

  @Test
  void to_look_changes_nothing() {
    Lab lab = chassis();
    int events = lab.journal().entries().size();
    int accounts = lab.ledger().accounts().size();

    String once = Inspect.lab(lab) + Picture.of(lab);

    assertThat(Inspect.lab(lab) + Picture.of(lab)).isEqualTo(once);
    assertThat(lab.journal().entries()).hasSize(events);
    assertThat(lab.ledger().accounts()).hasSize(accounts);
  }

  @Test
  void of_a_large_lab_the_first_hosts_are_shown() {
    LabBuilder builder = Lab.builder();
    for (int i = 0; i < 20; i++) {
      builder.host("h" + i).pnics(1).vms();
    }

    assertThat(Inspect.lab(labs.open(builder)))
        .contains("== host h15: NICs ==", "\n... and 4 more hosts\n")
        .doesNotContain("== host h16");
  }

  @Test
  void a_table_is_bounded_and_stays_a_table() {
    TextTable table = new TextTable().row("NAME", "SIZE");
    assertThat(table.isEmpty()).isTrue();
    table.row("two\nlines", 7).row("x".repeat(100), "1 of 2");
    for (int i = 0; i < 300; i++) {
      table.row("row", i);
    }

    assertThat(table.toString())
        .startsWith("NAME      ")
        .contains("\ntwo?lines ", "\n" + "x".repeat(96) + "..  1 of 2\n")
        .endsWith("     253\n... and 46 more\n");
    assertThat(TextTable.bounded("line\n".repeat(257))).hasSize(257 * 5);
    assertThat(TextTable.bounded("line\n".repeat(260)))
        .isEqualTo("line\n".repeat(257) + "... and 3 more\n");
  }
}
