// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.report;

import dev.ringside.page.SequenceDiagram;
import dev.ringside.page.SequenceDiagram.Participant;
import dev.ringside.page.SequenceDiagram.Step;
import dev.ringside.trace.Stage;
import java.util.List;
import java.util.Locale;

/**
 * A sequence diagram in PlantUML's language, narrow enough for a telephone: words are broken into
 * lines rather than places pushed apart.
 */
final class PlantUmlText {

  private static final int MAX_NAME = 14;
  private static final int MAX_EVENT = 52;
  private static final String NEW_LINE = "\\n";

  /** Of no width: PlantUML would take a backslash and a letter for one character, even so. */
  private static final String APART = "<U+200B>";

  private static final char DOTS = '\u2026';

  private final StringBuilder text = new StringBuilder(2_048);
  private final SequenceDiagram diagram;

  PlantUmlText(SequenceDiagram diagram) {
    this.diagram = diagram;
  }

  String source() {
    text.append("@startuml\n!pragma teoz true\nhide footbox\n");
    text.append("skinparam defaultFontName sans-serif\nskinparam defaultFontSize 11\n");
    text.append("skinparam shadowing false\nskinparam backgroundColor transparent\n");
    text.append("skinparam ParticipantPadding 0\nskinparam sequenceMessageAlign center\n");
    set("defaultFontColor", Ink.TEXT);
    set("sequenceArrowColor", Ink.LINE);
    set("sequenceLifeLineBorderColor", Ink.LIFE);
    set("participantBackgroundColor", Ink.BOX);
    set("participantBorderColor", Ink.EDGE);
    set("noteBackgroundColor", Ink.NOTE);
    set("noteBorderColor", Ink.EDGE);
    List<Participant> participants = diagram.participants();
    for (int i = 0; i < participants.size(); i++) {
      add(i, participants.get(i));
    }
    if (participants.isEmpty()) {
      text.append("participant lab as p0\n");
    }
    for (Step step : diagram.steps()) {
      add(step);
    }
    return text.append("@enduml\n").toString();
  }

  private void set(String parameter, Ink ink) {
    text.append("skinparam ").append(parameter).append(' ').append(ink.colour()).append('\n');
  }

  private void add(int index, Participant participant) {
    int start = 0;
    String name = participant.name();
    String kind = kind(participant.stage());
    text.append("participant \"").append(kind.equals(name) ? "the" : kind);
    for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', start)) {
      text.append(NEW_LINE).append(escaped(cut(name.substring(start, slash + 1), MAX_NAME)));
      start = slash + 1;
    }
    text.append(NEW_LINE).append(escaped(cut(name.substring(start), MAX_NAME)));
    text.append("\" as p").append(index);
    text.append(participant.marked() ? " " + Ink.MARK.colour() : "").append('\n');
  }

  private static String kind(Stage stage) {
    String words =
        switch (stage) {
          case PNIC, VNIC -> stage.name();
          case VIRTUAL_FUNCTION -> "VF";
          case EXTERNAL_SWITCH, VIRTUAL_SWITCH -> "switch";
          case PROXY_VNIC -> "proxy";
          case RECEIVE_RING, TRANSMIT_RING, STANDBY_RING, SOFTWARE_RING -> "ring";
          case HOLD_QUEUE -> "hold queue";
          default -> stage.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    return words.replace(" ", NEW_LINE);
  }

  private void add(Step step) {
    switch (step.kind()) {
      case TIME -> {
        text.append("...<color:").append(Ink.QUIET.colour()).append('>');
        text.append(escaped(step.text())).append("</color>...\n");
      }
      case EVENT -> {
        text.append("rnote across : ").append(escaped(cut(step.text(), MAX_EVENT))).append('\n');
      }
      case MOVED -> addMove(step, "->", Ink.TEXT);
      case LOST -> addMove(step, "-[" + Ink.LOST.colour() + "]>x", Ink.LOST);
      case REFUSED -> addMove(step, "-[" + Ink.QUIET.colour() + "]>x", Ink.QUIET);
    }
  }

  private void addMove(Step step, String arrow, Ink ink) {
    text.append(step.from() < 0 ? "[" : "p" + step.from()).append(arrow);
    text.append(" p").append(step.to()).append(" : ");
    int space = step.text().indexOf(' ');
    addLine(space < 0 ? step.text() : step.text().substring(0, space), ink);
    if (space >= 0) {
      text.append(NEW_LINE);
      addLine(step.text().substring(space + 1), ink);
    }
    text.append('\n');
  }

  private void addLine(String line, Ink ink) {
    text.append("<color:").append(ink.colour()).append('>');
    text.append(escaped(cut(line, MAX_EVENT))).append("</color>");
  }

  private static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - 1)) + DOTS;
  }

  /** Every character that could be markup, in this version or a later one, by its number. */
  static String escaped(String any) {
    StringBuilder plain = new StringBuilder(any.length() * 2);
    for (int i = 0; i < any.length(); i += Character.charCount(any.codePointAt(i))) {
      int c = any.codePointAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (letter || (c >= '0' && c <= '9') || c == ' ') {
        plain.append((char) c);
      } else {
        plain.append("<U+").append(number(isShown(c) ? c : 0xfffd)).append('>');
        plain.append(c == '\\' ? APART : "");
      }
    }
    return plain.toString();
  }

  private static String number(int c) {
    String digits = Integer.toHexString(c).toUpperCase(Locale.ROOT);
    return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
  }

  /** Not controls, and not what would turn the text around it. */
  private static boolean isShown(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.UNASSIGNED;
  }
}
