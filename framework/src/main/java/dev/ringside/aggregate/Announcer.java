// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.trace.Event;
import dev.ringside.world.Timer;
import dev.ringside.world.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the network through which NIC the guests are reached now, so many times. */
final class Announcer {

  private final World world;
  private final String host;
  private final Uplink uplink;
  private final List<Client> clients;
  private @Nullable Timer next;

  Announcer(World world, String host, Uplink uplink, List<Client> clients) {
    this.world = world;
    this.host = host;
    this.uplink = uplink;
    this.clients = clients;
  }

  void announce(Member through, AggregatorConfig config) {
    stop();
    announce(through, config.announcements(), config.announcementInterval().toNanos());
  }

  void stop() {
    if (next != null) {
      next.cancel();
      next = null;
    }
  }

  private void announce(Member through, int times, long intervalNanos) {
    if (times == 0) {
      return;
    }
    for (int i = 0; i < clients.size(); i++) {
      Client client = clients.get(i);
      world.record(host, Event.announced(client.name(), through.name()), "");
      client.announce(packet -> uplink.sendOwn(packet, through));
    }
    if (times > 1) {
      next = world.schedule(intervalNanos, () -> announce(through, times - 1, intervalNanos));
    }
  }
}
