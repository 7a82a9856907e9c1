// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import java.util.ArrayList;
import java.util.List;

/** A guest that notes what its aggregator does with it. */
class RecordingClient implements Client {

  private final String name;
  private final List<String> calls = new ArrayList<>();
  private final List<Member> mapped = new ArrayList<>();

  RecordingClient(String name) {
    this.name = name;
  }

  /** What was done since it was last asked. */
  List<String> calls() {
    List<String> recent = List.copyOf(calls);
    calls.clear();
    return recent;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public MacAddress mac() {
    return MacAddress.of("02:00:00:00:00:01");
  }

  @Override
  public boolean wantsDirectAccess() {
    return true;
  }

  @Override
  public boolean isMapped(Member member) {
    return mapped.contains(member);
  }

  @Override
  public void unmap(Member member) {
    calls.add("unmap " + member.name());
    mapped.remove(member);
  }

  @Override
  public boolean map(Member member) {
    calls.add("map " + member.name());
    return mapped.add(member);
  }

  @Override
  public void admit(Member member) {
    calls.add("admit " + member.name());
  }

  @Override
  public void dismiss(Member member) {
    calls.add("dismiss " + member.name());
  }

  @Override
  public void sendAgain(Packet packet) {}

  @Override
  public void announce(PacketSink out) {}
}
