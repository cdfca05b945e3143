package de.joecash.backup;

import java.util.BitSet;
import java.util.Objects;

/** A QR code (ISO/IEC 18004) to be drawn. What it says may be secret, so its text does not show it. Immutable. */
public final class SquareCode {
    /** How many light modules are needed around it on each side (ISO/IEC 18004, 6.3.8). */
    private static final int QUIET = 4;

    private final int size;
    private final BitSet dark;

    /**
     * Takes the modules.
     *
     * @param size modules on each side, without the light ones around, 21 to 177
     * @param dark the dark ones: bit {@code y * size + x}
     * @throws IllegalArgumentException if the size is out of its range
     */
    public SquareCode(int size, BitSet dark) {
        if (size < 21 || size > 177) {
            throw new IllegalArgumentException("Not the size of a QR code: " + size);
        }
        this.size = size;
        this.dark = (BitSet) Objects.requireNonNull(dark, "dark").clone();
    }

    /**
     * Gives the size.
     *
     * @return modules on each side, without the light ones around
     */
    public int size() {
        return size;
    }

    /**
     * Looks at a module.
     *
     * @param x from the left, from 0
     * @param y from the top, from 0
     * @return whether it is dark; outside of the code it is not
     */
    public boolean dark(int x, int y) {
        return x >= 0 && y >= 0 && x < size && y < size && dark.get(y * size + x);
    }

    /**
     * Draws it as the data of an SVG path (SVG 1.1, section 8.3), to be filled black, in a view box of {@link #svgSize}
     * on each side.
     *
     * @return for the attribute {@code d}
     */
    public String svgPath() {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                if (dark(x, y)) {
                    path.append('M')
                            .append(x + QUIET)
                            .append(',')
                            .append(y + QUIET)
                            .append("h1v1h-1z");
                }
            }
        }
        return path.toString();
    }

    /**
     * Gives the size of the drawing.
     *
     * @return modules on each side, with the light ones around
     */
    public int svgSize() {
        return size + 2 * QUIET;
    }

    /**
     * Draws it with the half blocks of Unicode, two rows a line, light modules in the foreground's colour: for a
     * terminal that is light on dark, which most scanners read from a dark on light one as well.
     *
     * @return lines of equal length, each ended by a line feed
     */
    public String halfBlocks() {
        StringBuilder lines = new StringBuilder();
        for (int y = -QUIET; y < size + QUIET; y += 2) {
            for (int x = -QUIET; x < size + QUIET; x++) {
                boolean above = !dark(x, y);
                boolean below = !dark(x, y + 1) && y + 1 < size + QUIET;
                lines.append(above ? below ? '\u2588' : '\u2580' : below ? '\u2584' : ' ');
            }
            lines.append('\n');
        }
        return lines.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SquareCode code && size == code.size && dark.equals(code.dark);
    }

    @Override
    public int hashCode() {
        return 31 * size + dark.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
