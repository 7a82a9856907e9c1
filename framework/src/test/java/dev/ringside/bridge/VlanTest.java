// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bridge;

import static dev.ringside.packet.Packets.ethernet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.VlanTag;
import dev.ringside.time.Seed;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to frames and their tags between ports of different VLAN modes. */
class VlanTest {

  private static final MacAddress ANN = MacAddress.of("02:00:00:00:00:0a");
  private static final MacAddress BOB = MacAddress.of("02:00:00:00:00:0b");
  private static final VlanTag OUTER = new VlanTag(VlanTag.SERVICE_TAG, 3, true, 300);

  private final World world = new World(Seed.DEFAULT, 1_000, true);
  private final LearningSwitch bridge = new LearningSwitch(world, Stage.EXTERNAL_SWITCH, "switch");

  @AfterEach
  void every_frame_has_a_fate() {
    assertThat(bridge.account().missing()).isZero();
  }

  private final List<Packet> arrived = new ArrayList<>();

  private static Packet frame(VlanTag... tags) {
    var spec = ethernet().fromMac(ANN).toMac(BOB);
    for (VlanTag tag : tags) {
      spec = spec.tag(tag);
    }
    return spec.toPacket();
  }

  /** The tags of a frame that goes from one port to another; null if it does not arrive. */
  private List<VlanTag> through(VlanMode from, VlanMode to, Packet frame) {
    arrived.clear();
    SwitchPort in = bridge.addPort("in" + bridge.ports().size(), packet -> {}, from);
    SwitchPort out = bridge.addPort("out" + bridge.ports().size(), arrived::add, to);
    in.accept(frame);
    bridge.removePort(in);
    bridge.removePort(out);
    return arrived.isEmpty() ? null : arrived.get(0).vlanTags();
  }

  @Test
  void an_access_port_carries_its_vlan_untagged() {
    VlanMode access = VlanMode.access(100);

    assertThat(through(access, VlanMode.access(100), frame())).isEmpty();
    assertThat(through(access, VlanMode.access(200), frame())).isNull();
    assertThat(through(access, VlanMode.access(100), frame(VlanTag.of(100)))).isNull();
    assertThat(bridge.account().dropped(DropReason.VLAN_FILTERED)).isEqualTo(1);
    assertThat(bridge.account().dropped(DropReason.NO_MATCH)).isEqualTo(1);
  }

  @Test
  void a_trunk_tags_all_but_its_native_vlan() {
    VlanMode trunk = VlanMode.trunk(1, 100, 200);

    assertThat(through(VlanMode.access(100), trunk, frame())).containsExactly(VlanTag.of(100));
    assertThat(through(VlanMode.access(1), trunk, frame())).isEmpty();
    assertThat(through(VlanMode.access(300), trunk, frame())).isNull();
    assertThat(through(trunk, VlanMode.access(200), frame(VlanTag.of(200)))).isEmpty();
    assertThat(through(trunk, VlanMode.access(1), frame())).isEmpty();
    assertThat(through(trunk, VlanMode.transparent(), frame(VlanTag.of(300)))).isNull();
  }

  @Test
  void between_trunks_of_different_native_vlans_the_tag_is_put_on_and_taken_off() {
    VlanMode one = VlanMode.trunk(1, 100);
    VlanMode hundred = VlanMode.trunk(100, 1);

    assertThat(through(one, hundred, frame())).containsExactly(VlanTag.of(1));
    assertThat(through(one, hundred, frame(VlanTag.of(100)))).isEmpty();
  }

  @Test
  void a_transparent_port_carries_every_vlan() {
    VlanMode all = VlanMode.transparent();
    VlanTag urgent = new VlanTag(VlanTag.CUSTOMER_TAG, 7, false, 4_000);

    assertThat(through(all, all, frame(urgent))).containsExactly(urgent);
    assertThat(through(all, all, frame())).isEmpty();
    assertThat(through(VlanMode.access(100), all, frame())).containsExactly(VlanTag.of(100));
  }

  @Test
  void the_tag_of_a_frame_that_stays_tagged_keeps_its_priority() {
    VlanMode trunk = VlanMode.trunk(1, 100);
    VlanTag urgent = new VlanTag(VlanTag.CUSTOMER_TAG, 7, true, 100);

    assertThat(through(trunk, trunk, frame(urgent))).containsExactly(urgent);
  }

  @Test
  void a_tag_that_carries_only_a_priority_belongs_to_the_native_vlan() {
    VlanTag urgent = new VlanTag(VlanTag.CUSTOMER_TAG, 7, true, 0);
    VlanMode access = VlanMode.access(100);

    assertThat(through(access, access, frame(urgent))).isEmpty();
    assertThat(through(access, VlanMode.trunk(1, 100), frame(urgent)))
        .containsExactly(urgent.withVlanId(100));
    assertThat(through(VlanMode.trunk(5, 6), VlanMode.access(5), frame(urgent))).isEmpty();
    assertThat(through(VlanMode.transparent(), VlanMode.transparent(), frame(urgent)))
        .containsExactly(urgent);
  }

  @Test
  void the_outermost_tag_counts_whether_it_is_a_customers_or_a_providers() {
    VlanMode trunk = VlanMode.trunk(1, 300);
    Packet doubly = frame(OUTER, VlanTag.of(5));

    assertThat(through(trunk, trunk, doubly)).containsExactly(OUTER, VlanTag.of(5));
    assertThat(through(trunk, VlanMode.access(300), doubly)).containsExactly(VlanTag.of(5));
    assertThat(through(VlanMode.trunk(1, 5), trunk, doubly)).isNull();
  }

  @Test
  void the_same_address_in_two_vlans_is_two_stations() {
    List<Packet> one = new ArrayList<>();
    List<Packet> two = new ArrayList<>();
    SwitchPort hundred = bridge.addPort("hundred", one::add, VlanMode.access(100));
    SwitchPort other = bridge.addPort("other", two::add, VlanMode.access(200));
    SwitchPort trunk = bridge.addPort("trunk", arrived::add, VlanMode.trunk(1, 100, 200));
    hundred.accept(frame());
    other.accept(frame());

    assertThat(bridge.portOf(ANN, 100)).isSameAs(hundred);
    assertThat(bridge.portOf(ANN, 200)).isSameAs(other);
    trunk.accept(ethernet().fromMac(BOB).toMac(ANN).vlan(200).toPacket());
    assertThat(one).isEmpty();
    assertThat(two).hasSize(1);
  }

  @Test
  void changing_the_mode_of_a_port_forgets_what_was_learned_on_it() {
    SwitchPort port = bridge.addPort("port", packet -> {}, VlanMode.access(100));
    port.accept(frame());

    port.setVlanMode(VlanMode.access(200));

    assertThat(bridge.portOf(ANN, 100)).isNull();
    assertThat(port.toString()).isEqualTo("port port (access vlan 200)");
  }

  @Test
  void a_frame_for_a_station_behind_a_port_that_does_not_carry_the_vlan_is_dropped() {
    SwitchPort out = bridge.addPort("out", arrived::add, VlanMode.access(100));
    SwitchPort in = bridge.addPort("in", packet -> {}, VlanMode.access(200));
    out.learn(BOB);

    in.accept(frame());

    assertThat(arrived).isEmpty();
    assertThat(bridge.account().dropped(DropReason.NO_MATCH)).isEqualTo(1);
  }

  @Test
  void modes_say_what_they_are() {
    assertThat(VlanMode.access(7)).hasToString("access vlan 7");
    assertThat(VlanMode.trunk(1, 100, 200)).hasToString("trunk, native 1, tagged 100 200");
    assertThat(VlanMode.trunk(9)).hasToString("trunk, native 9");
    assertThat(VlanMode.transparent()).hasToString("all vlans, native 1");
  }

  @Test
  void reserved_vlans_are_refused() {
    String message = " of a switch port is not in 1 to 4094 (0 and 4095 are reserved)";
    assertThatThrownBy(() -> VlanMode.access(0)).hasMessage("VLAN 0" + message);
    assertThatThrownBy(() -> VlanMode.trunk(1, 4_095)).hasMessage("VLAN 4095" + message);
    assertThatThrownBy(() -> VlanMode.trunk(-1)).hasMessage("VLAN -1" + message);
  }
}
