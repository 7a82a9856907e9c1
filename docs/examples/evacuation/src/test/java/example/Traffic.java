// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package example;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.packet.Packet;
import dev.ringside.vm.VirtualMachine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Somebody who sends each virtual machine a numbered packet every millisecond. */
final class Traffic {

  private static final int PORT = 7;
  private static final Duration PAUSE = Duration.ofMillis(1);

  private final Lab lab;
  private final VirtualMachine client;
  private final Map<VirtualMachine, List<Integer>> received = new LinkedHashMap<>();
  private int sent;

  Traffic(Lab lab, VirtualMachine client, List<VirtualMachine> servers) {
    this.lab = lab;
    this.client = client;
    for (VirtualMachine server : servers) {
      received.put(server, new ArrayList<>());
    }
  }

  /** One packet to each, and a millisecond. */
  void flow() {
    sent++;
    for (VirtualMachine server : received.keySet()) {
      client.send(udp().to(server).port(PORT).payload(String.valueOf(sent)));
    }
    lab.advance(PAUSE);
    received.forEach(Traffic::read);
  }

  private static void read(VirtualMachine server, List<Integer> numbers) {
    for (Packet packet = server.inbox().poll(); packet != null; packet = server.inbox().poll()) {
      if (udp().port(PORT).matches(packet)) {
        numbers.add(Integer.valueOf(new String(packet.payload(), StandardCharsets.UTF_8)));
      }
    }
  }

  int sent() {
    return sent;
  }

  /** Each has received all, once and in order. */
  void checkAllArrived() {
    List<Integer> all = new ArrayList<>();
    for (int number = 1; number <= sent; number++) {
      all.add(number);
    }
    received.forEach(
        (server, numbers) ->
            assertThat(numbers)
                .as("packets that reached %s of those that were sent to it", server.name())
                .isEqualTo(all));
  }
}
