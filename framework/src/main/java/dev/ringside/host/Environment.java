// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.aggregate.VirtualLinkAggregator;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.DropReason;
import dev.ringside.virt.ProxySwitch;
import dev.ringside.virt.Vnic;
import dev.ringside.vm.Attachment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a guest has in front of its way to the network where virtual machines reach each other by
 * proxies: a switch of its own.
 *
 * <pre>
 *   stack &lt;--&gt; web/net0 &lt;--&gt; web/vswitch &lt;--uplink--&gt; Guest, as without proxies
 *                               `---- web/proxy-db &lt;--channels--&gt; db/proxy-web
 * </pre>
 */
final class Environment implements Attachment {

  private final Guest guest;
  private final String vm;
  private final int vlan;
  private final MacAddress mac;
  private final Proxies proxies;
  private final List<MacAddress> addresses = new ArrayList<>(2);
  private @Nullable ProxySwitch virtualSwitch;

  Environment(Guest guest, VmSpec spec, MacAddress mac, Proxies proxies) {
    this.guest = guest;
    this.vm = spec.name();
    this.vlan = spec.vlan();
    this.mac = mac;
    this.proxies = proxies;
  }

  /**
   * Puts the switch between a stack and its way to the network.
   *
   * @return takes what the network has for the guest
   */
  Receiver inFrontOf(Receiver stack) {
    ProxySwitch own = proxies.newSwitch(vm, vlan, stack, packet -> guest.vnic().forward(packet));
    virtualSwitch = own;
    proxies.added(this);
    return own.uplinkEnd();
  }

  ProxySwitch virtualSwitch() {
    ProxySwitch own = virtualSwitch;
    if (own == null) {
      throw new AssertionError("VM '" + vm + "' has no switch; please report this bug");
    }
    return own;
  }

  String vm() {
    return vm;
  }

  int vlan() {
    return vlan;
  }

  /** The address that its stack sends under. */
  MacAddress mac() {
    return mac;
  }

  /** The addresses that were announced as its own, in that order. */
  List<MacAddress> addresses() {
    return addresses;
  }

  void connectGuest(Receiver receiver) {
    virtualSwitch().vnic().connectGuest(receiver);
  }

  /** What was sent to all from this address has come by the proxy, or is lost with it. */
  void discardSecondCopies(MacAddress sender) {
    guest.discard(
        packet ->
            packet.sourceMacBits() == sender.bits()
                && MacAddress.isMulticast(packet.destinationMacBits()),
        DropReason.NO_MATCH,
        ProxySwitch.SECOND_COPY);
  }

  /** The guest leaves the host. */
  void end() {
    guest.vnic().setInner(null);
    proxies.removed(this);
  }

  // ---- the guest's end ----

  @Override
  public void accept(Packet packet) {
    virtualSwitch().vnic().transmit(packet);
  }

  @Override
  public String hostName() {
    return guest.hostName();
  }

  @Override
  public Vnic vnic() {
    return guest.vnic();
  }

  @Override
  public @Nullable String directAccessThrough() {
    return guest.directAccessThrough();
  }

  @Override
  public boolean hasDirectAccessThrough(String pnic) {
    return guest.hasDirectAccessThrough(pnic);
  }

  @Override
  public @Nullable VirtualLinkAggregator aggregator() {
    return guest.aggregator();
  }

  @Override
  public void guestReady() {
    guest.guestReady();
    virtualSwitch().guestReady();
  }
}
