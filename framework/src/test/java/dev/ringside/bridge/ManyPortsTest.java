// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packets;
import dev.ringside.time.Seed;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A switch with more ports than it looks through one by one: the odd ones in VLAN 100. */
class ManyPortsTest {

  private static final MacAddress ANN = MacAddress.of("02:00:00:00:00:0a");

  private final World world = new World(Seed.DEFAULT, 1_000, false);
  private final LearningSwitch bridge = new LearningSwitch(world, Stage.EXTERNAL_SWITCH, "switch");
  private final List<String> left = new ArrayList<>();

  private SwitchPort port(int number, int vlan) {
    String name = "e" + number;
    return bridge.addPort(name, packet -> left.add(name), VlanMode.access(vlan));
  }

  private void ports(int number) {
    for (int i = 0; i < number; i++) {
      port(i, i % 2 == 0 ? 200 : 100);
    }
  }

  private List<String> flooded(String in) {
    left.clear();
    bridge.port(in).accept(Packets.ethernet().fromMac(ANN).toMac(MacAddress.BROADCAST).toPacket());
    return left;
  }

  @Test
  void a_flood_leaves_by_all_ports_of_its_vlan_however_many_there_are() {
    ports(18);

    assertThat(flooded("e1")).containsExactly("e3", "e5", "e7", "e9", "e11", "e13", "e15", "e17");
    assertThat(flooded("e16")).containsExactly("e0", "e2", "e4", "e6", "e8", "e10", "e12", "e14");
    assertThat(flooded("e1")).hasSize(8);
  }

  @Test
  void a_port_that_comes_or_changes_its_vlan_is_flooded_to_from_then_on() {
    ports(17);
    assertThat(flooded("e1")).hasSize(7);

    port(17, 100);
    assertThat(flooded("e1")).hasSize(8).endsWith("e17");
    bridge.port("e2").setVlanMode(VlanMode.access(100));
    assertThat(flooded("e1")).hasSize(9).startsWith("e2", "e3");
    bridge.port("e17").setVlanMode(VlanMode.access(200));
    assertThat(flooded("e1")).hasSize(8).doesNotContain("e17");
  }

  @Test
  void a_switch_that_expects_ports_keeps_those_that_it_has_and_takes_further_ones() {
    bridge.expectPorts(0);
    ports(17);

    bridge.expectPorts(1);
    port(17, 100);
    port(18, 200);

    assertThat(bridge.ports()).hasSize(19);
    assertThat(bridge.port("e0").name()).isEqualTo("e0");
    assertThat(flooded("e1")).hasSize(8).endsWith("e17");
    assertThatThrownBy(() -> bridge.expectPorts(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("switch switch cannot expect -1 ports; give 0 or more");
  }

  @Test
  void each_of_many_ports_is_found_by_its_name() {
    ports(17);
    assertThat(bridge.port("e0").name()).isEqualTo("e0");
    assertThat(bridge.port("e16").name()).isEqualTo("e16");
    port(17, 100);

    assertThat(bridge.port("e17").name()).isEqualTo("e17");
    assertThatThrownBy(() -> port(17, 100))
        .hasMessage("switch switch already has a port named 'e17'; choose another name");
    bridge.removePort(bridge.port("e3"));
    assertThatThrownBy(() -> bridge.port("e3"))
        .hasMessageStartingWith("no port named 'e3' on switch switch; it has [e0, e1, e2, e4,");
  }
}
