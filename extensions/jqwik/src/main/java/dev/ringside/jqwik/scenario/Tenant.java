// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.scenario;

import dev.ringside.Lab;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.Packet;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.Account;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;

/** A stranger who holds a virtual function, so that guests may be short of them. */
final class Tenant implements Receiver {

  /** The owner of its virtual functions. */
  static final String NAME = "tenant";

  private final World world;
  private final Account account;

  private Tenant(World world) {
    this.world = world;
    this.account = world.ledger().open(Stage.STACK, NAME);
  }

  static void occupy(Lab lab, PhysicalNic nic) {
    VirtualFunction free = nic.freeFunction();
    if (free != null) {
      free.bind(NAME, new Tenant(lab.world()));
    }
  }

  static void release(PhysicalNic nic) {
    for (VirtualFunction function : nic.virtualFunctions()) {
      if (NAME.equals(function.owner())) {
        function.unbind();
        return;
      }
    }
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void accept(Packet packet) {
    account.addReceived();
    world.delivered(account, packet);
  }
}
