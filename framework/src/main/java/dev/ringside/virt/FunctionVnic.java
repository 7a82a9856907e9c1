// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.trace.Account;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;

/**
 * The virtual NIC of a guest that belongs to one physical NIC, where the guest has functions of
 * several: it passes packets between that function and the interface that the guest sees.
 *
 * <pre>{@code
 * FunctionVnic vnic = new FunctionVnic(world, "web/vnic0.p1", function, web);
 * vnic.accept(packet); // out through the function of p1
 * }</pre>
 */
public class FunctionVnic implements PacketSink {

  private final World world;
  private final String name;
  private final Account account;
  private final PacketSink function;
  private final Vnic vnic;

  /**
   * Creates one.
   *
   * @param function takes what the guest sends
   * @param vnic the interface that the guest sees
   */
  public FunctionVnic(World world, String name, PacketSink function, Vnic vnic) {
    this.world = world;
    this.name = name;
    this.function = function;
    this.vnic = vnic;
    this.account = world.ledger().open(Stage.VNIC, name);
  }

  /** The name, such as web/vnic0.p1. */
  public String name() {
    return name;
  }

  /** The packets that went through. */
  public Account account() {
    return account;
  }

  /** The guest sends a packet. */
  @Override
  public void accept(Packet packet) {
    pass(packet);
    function.accept(packet);
  }

  /** A packet comes from the function. */
  public void receive(Packet packet) {
    pass(packet);
    vnic.acceptDirect(packet);
  }

  private void pass(Packet packet) {
    account.addReceived();
    world.passed(account, packet);
    account.addSent();
  }

  @Override
  public String toString() {
    return name;
  }
}
