// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.proxies;

import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.Host;
import dev.ringside.memory.MemorySize;
import dev.ringside.virt.Channel;
import dev.ringside.virt.ProxyConfig;
import dev.ringside.vm.VirtualMachine;

/** Two guests with channels and memory for one packet each. */
final class Flood implements AutoCloseable {

  /** What one of them, or a channel, may do next. */
  enum Move {
    A_SENDS,
    B_SENDS,
    A_RELEASES,
    B_RELEASES,
    A_PAUSES,
    B_PAUSES,
    A_RESUMES,
    B_RESUMES,
    POLL_TO_A,
    POLL_TO_B
  }

  private final Lab lab;
  private final VirtualMachine a;
  private final VirtualMachine b;
  private final Channel toA;
  private final Channel toB;
  private int port;
  private int sentByA;

  Flood(boolean polled) {
    LabBuilder builder = Lab.builder().withoutTracing();
    builder.host("h1").vms("a", "b").proxies(ProxyConfig.DEFAULT.withCapacity(1));
    lab = builder.open();
    Host host = lab.host();
    a = host.vm("a");
    b = host.vm("b");
    toA = host.proxies().channel("b", "a");
    toB = host.proxies().channel("a", "b");
    host.memory().reserve("a", MemorySize.bytes(60));
    host.memory().reserve("b", MemorySize.bytes(60));
    toA.setPolled(polled);
    toB.setPolled(polled);
  }

  Lab lab() {
    return lab;
  }

  void apply(Move move) {
    switch (move) {
      case A_SENDS -> {
        sentByA++;
        a.send(udp().to(b).port(7).fromPort(++port));
      }
      case B_SENDS -> b.send(udp().to(a).port(7).fromPort(++port));
      case A_RELEASES -> a.inbox().release(1);
      case B_RELEASES -> b.inbox().release(1);
      case A_PAUSES -> a.pause();
      case B_PAUSES -> b.pause();
      case A_RESUMES -> a.resume();
      case B_RESUMES -> b.resume();
      case POLL_TO_A -> toA.poll(1);
      case POLL_TO_B -> toB.poll(1);
    }
  }

  /** Both run, and are done with each packet as soon as they have it. */
  static void drain(Lab lab) {
    Host host = lab.host();
    for (VirtualMachine vm : host.vms()) {
      for (VirtualMachine peer : host.vms()) {
        if (peer != vm) {
          Channel channel = host.proxies().channel(vm.name(), peer.name());
          channel.setCapacity(Math.max(1, channel.capacity()));
          channel.setPolled(false);
        }
      }
      vm.resume();
    }
    int released = 1;
    while (released > 0) {
      released = 0;
      for (VirtualMachine vm : host.vms()) {
        released += vm.inbox().release(1);
      }
    }
  }

  /** What is wrong after both have drained; empty if nothing is. */
  String verdict() {
    if (!lab.waiters().isEmpty()) {
      return "waits: " + lab.waiters();
    } else if (lab.ledger().live() != 0) {
      return "left: " + lab.ledger().live();
    } else if (b.received().size() != sentByA || a.received().size() != port - sentByA) {
      return "received: " + a.received() + " and " + b.received();
    }
    return String.join(", ", lab.ledger().violations());
  }

  @Override
  public void close() {
    lab.close();
  }
}
