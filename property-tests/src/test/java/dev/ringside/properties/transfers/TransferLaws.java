// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.transfers;

import dev.ringside.packet.Packet;
import dev.ringside.properties.transfers.Bench.Sent;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.Stage;
import dev.ringside.transfer.Hop;
import dev.ringside.transfer.Media;
import dev.ringside.transfer.Protocol;
import dev.ringside.transfer.Stretch;
import dev.ringside.transfer.Transfer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The laws of transfers, each of which lists what breaks it. */
final class TransferLaws {

  private static final int SEGMENT = 1_460;

  private TransferLaws() {}

  private static List<Stretch> chosen(Bench run) {
    List<Stretch> chosen = new ArrayList<>();
    for (Sent sent : run.sent()) {
      for (Hop hop : sent.transfer().hops()) {
        for (Stretch stretch : hop.stretches()) {
          if (stretch.why().isEmpty()) { // and not fallen back to
            chosen.add(stretch);
          }
        }
      }
    }
    return chosen;
  }

  /** 1: what has arrived is what the message begins with, and all of it or an end in the end. */
  static List<String> bytesArriveOnce(Bench run) {
    List<String> wrong = new ArrayList<>();
    for (Sent sent : run.sent()) {
      Transfer transfer = sent.transfer();
      byte[] received = transfer.received();
      boolean prefix = Arrays.equals(received, Arrays.copyOf(sent.message, received.length));
      boolean enough = received.length >= transfer.acknowledgedBytes();
      boolean all = !transfer.isDelivered() || received.length == sent.message.length;
      if (!prefix || !enough || !all || transfer.isOpen()) {
        wrong.add(transfer.toString());
      }
    }
    return wrong;
  }

  /** 2: the protocol is what the table says of the media, whatever was before. */
  static List<String> protocolsFollowTheTable(Bench run) {
    List<String> wrong = new ArrayList<>();
    for (Stretch stretch : chosen(run)) {
      if (stretch.protocol() != table(stretch)) {
        wrong.add(stretch.toString());
      }
    }
    return wrong;
  }

  private static Protocol table(Stretch stretch) {
    if (stretch.media().contains(Media.STANDARD_NETWORK)) {
      return Protocol.TCP_IP;
    }
    boolean local = stretch.media().contains(Media.LOCAL_MEMORY);
    return local && stretch.media().size() == 1 ? Protocol.LOOPBACK : Protocol.RDMA;
  }

  /** 3: what stays in a chassis passes the shared NIC of none. */
  static List<String> chassisTrafficStaysInside(Bench run) {
    List<String> wrong = new ArrayList<>();
    for (JournalEntry entry : run.lab().journal().entries()) {
      dev.ringside.trace.Hop hop = entry.hop();
      if (hop != null && hop.stage() == Stage.WIRE && hop.place().endsWith("/ni0")) {
        Packet packet = hop.packet();
        if (packet.tcpFlags() != Packet.NONE && packet.payloadLength() > 0) {
          wrong.add(hop.toString());
        }
      }
    }
    return wrong;
  }

  /** 4: TCP/IP is used exactly where the standard network is crossed. */
  static List<String> tcpIsForTheNetwork(Bench run) {
    List<String> wrong = new ArrayList<>();
    for (Stretch stretch : chosen(run)) {
      boolean tcp = stretch.protocol() == Protocol.TCP_IP;
      if (tcp != stretch.media().contains(Media.STANDARD_NETWORK)) {
        wrong.add(stretch.toString());
      }
    }
    return wrong;
  }

  /** 5: units are no longer than the protocol's, and as few as that allows. */
  static List<String> unitsAreFew(Bench run) {
    List<String> wrong = new ArrayList<>();
    for (Sent sent : run.sent()) {
      for (Hop hop : sent.transfer().hops()) {
        List<Stretch> stretches = hop.stretches();
        for (int i = 0; i < stretches.size() && sent.transfer().isDelivered(); i++) {
          boolean last = i == stretches.size() - 1;
          int end = last ? hop.acknowledgedBytes() : stretches.get(i + 1).from();
          check(stretches.get(i), end, sent.message.length, wrong);
        }
      }
    }
    return wrong;
  }

  private static void check(Stretch stretch, int end, int size, List<String> wrong) {
    int most =
        switch (stretch.protocol()) {
          case LOOPBACK -> Math.max(1, size);
          case RDMA -> Bench.BUFFER;
          case TCP_IP -> SEGMENT;
        };
    int bytes = end - stretch.from();
    boolean right = stretch.units() == (bytes + most - 1) / most;
    if (stretch.largestUnit() > most || !right) {
      wrong.add(stretch + " to byte " + end);
    }
  }

  /** 6: nobody has more chunks on the way than buffers were posted. */
  static List<String> chunksHaveBuffers(Bench run) {
    Map<String, Long> chunks = new LinkedHashMap<>();
    for (Sent sent : run.sent()) {
      for (Hop hop : sent.transfer().hops()) {
        for (Stretch stretch : hop.stretches()) {
          long units = stretch.protocol() == Protocol.RDMA ? stretch.units() : 0;
          chunks.merge(hop.to().name(), units, Long::sum);
        }
      }
    }
    List<String> wrong = new ArrayList<>(run.seen("credits"));
    for (Map.Entry<String, Long> each : chunks.entrySet()) {
      if (each.getValue() > run.posted(each.getKey())) {
        wrong.add(each + " chunks in " + run.posted(each.getKey()) + " buffers");
      }
    }
    return wrong;
  }

  /** 7: no unit is begun for a topology that is no more. */
  static List<String> changesAreSeenBeforeTheNextUnit(Bench run) {
    return run.seen("version");
  }

  /** 8: of those protocols that get there, the cheapest was chosen, for every size. */
  static List<String> theCheapestIsChosen(Bench run) {
    List<String> wrong = new ArrayList<>();
    for (Stretch stretch : chosen(run)) {
      for (Protocol other : Protocol.values()) {
        for (int bytes : new int[] {0, 1, SEGMENT, 1_000_000}) {
          boolean cheaper = other.modelledNanos(bytes) < stretch.protocol().modelledNanos(bytes);
          if (cheaper && other.carriesOver(stretch.media())) {
            wrong.add(other + " is cheaper than " + stretch);
          }
        }
      }
    }
    return wrong;
  }

  /** 9: what relays send on is what they have received. */
  static List<String> relaysAlterNothing(Bench run) {
    List<String> wrong = new ArrayList<>();
    for (Sent sent : run.sent()) {
      List<Hop> hops = sent.transfer().hops();
      for (int i = 1; i < hops.size(); i++) {
        boolean ahead = hops.get(i).receivedBytes() > hops.get(i - 1).receivedBytes();
        byte[] received = sent.transfer().received();
        boolean same = Arrays.equals(received, Arrays.copyOf(sent.message, received.length));
        if (ahead || !same) {
          wrong.add(sent.transfer().toString());
        }
      }
    }
    return wrong;
  }

  /** 10: the table says the same in both directions. */
  static List<String> lookupsAgree(Bench run) {
    return run.seen("lookup");
  }
}
