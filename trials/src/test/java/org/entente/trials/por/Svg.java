package org.entente.trials.por;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A drawing of lines, points or bars over two axes, as SVG of a few hundred lines at most.
final class Svg {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 420;
    private static final int LEFT = 70;
    private static final int RIGHT = 150;
    private static final int TOP = 40;
    private static final int BOTTOM = 55;
    private static final List<String> COLOURS =
            List.of("#1f5fa8", "#c2571a", "#2e8b57", "#8b3a8b", "#777777");

    /// How far the axes go.
    ///
    /// @param kind how the upright one counts
    record Axes(
            String right, String up, double rightMost, double least, double most, Upright kind) {}

    /// How the upright axis counts.
    enum Upright {
        LINEAR,
        LOGARITHMIC
    }

    record Point(double x, double y) {}

    private final StringBuilder body = new StringBuilder();
    private final Axes axes;
    private int series;

    Svg(String title, Axes axes) {
        this.axes = axes;
        text(WIDTH / 2.0 - RIGHT / 4.0, 22, "middle", title, 15);
        text(LEFT + width() / 2, HEIGHT - 12, "middle", axes.right, 13);
        body.append(
                "<text x=\"16\" y=\"%s\" font-size=\"13\" text-anchor=\"middle\" transform=\"rotate(-90 16 %s)\">%s</text>\n"
                        .formatted(
                                number(TOP + height() / 2), number(TOP + height() / 2), axes.up));
        grid();
    }

    private static double width() {
        return WIDTH - LEFT - RIGHT;
    }

    private static double height() {
        return HEIGHT - TOP - BOTTOM;
    }

    private double x(double value) {
        return LEFT + value / axes.rightMost * width();
    }

    private double y(double value) {
        double part =
                axes.kind == Upright.LOGARITHMIC
                        ? (Math.log10(Math.max(value, axes.least)) - Math.log10(axes.least))
                                / (Math.log10(axes.most) - Math.log10(axes.least))
                        : (value - axes.least) / (axes.most - axes.least);
        return TOP + (1 - part) * height();
    }

    private void grid() {
        for (int line = 0; line <= 5; line++) {
            double right = axes.rightMost * line / 5;
            line(x(right), TOP, x(right), TOP + height(), "#dddddd", 1);
            text(x(right), TOP + height() + 18, "middle", label(right), 12);
        }
        for (double each : uprights()) {
            line(LEFT, y(each), LEFT + width(), y(each), "#dddddd", 1);
            text(LEFT - 6, y(each) + 4, "end", label(each), 12);
        }
        line(LEFT, TOP, LEFT, TOP + height(), "#333333", 1);
        line(LEFT, TOP + height(), LEFT + width(), TOP + height(), "#333333", 1);
    }

    private List<Double> uprights() {
        List<Double> uprights = new ArrayList<>();
        if (axes.kind == Upright.LOGARITHMIC) {
            for (double each = axes.least; each <= axes.most * 1.001; each *= 10) {
                uprights.add(each);
            }
        } else {
            for (int line = 0; line <= 5; line++) {
                uprights.add(axes.least + (axes.most - axes.least) * line / 5);
            }
        }
        return uprights;
    }

    /// Joins points, and names them at the right.
    void curve(String name, List<Point> points) {
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            path.append(number(x(point.x))).append(',').append(number(y(point.y))).append(' ');
        }
        body.append(
                "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>\n"
                        .formatted(colour(), path.toString().strip()));
        name(name);
    }

    /// A bar for each point, so wide that each series has its place beside the others.
    void bars(String name, List<Point> points, double wide, double shift) {
        for (Point point : points) {
            double top = y(point.y);
            body.append(
                    "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>\n"
                            .formatted(
                                    number(x(point.x + shift)),
                                    number(top),
                                    number(wide / axes.rightMost * width()),
                                    number(TOP + height() - top),
                                    colour()));
        }
        name(name);
    }

    private void name(String name) {
        double at = TOP + 14 + 20.0 * series;
        line(WIDTH - RIGHT + 8.0, at - 4, WIDTH - RIGHT + 28.0, at - 4, colour(), 3);
        text(WIDTH - RIGHT + 33.0, at, "start", name, 12);
        series++;
    }

    private String colour() {
        return COLOURS.get(series % COLOURS.size());
    }

    private void line(double x, double y, double toX, double toY, String colour, int wide) {
        body.append(
                "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"%d\"/>\n"
                        .formatted(number(x), number(y), number(toX), number(toY), colour, wide));
    }

    private void text(double x, double y, String anchor, String words, int size) {
        body.append(
                "<text x=\"%s\" y=\"%s\" font-size=\"%d\" text-anchor=\"%s\">%s</text>\n"
                        .formatted(number(x), number(y), size, anchor, words));
    }

    private static String label(double value) {
        return value >= 100_000
                ? "%.0e".formatted(value).replace("e+0", "e").replace("e+", "e")
                : value == Math.rint(value)
                        ? "%.0f".formatted(value)
                        : "%.3f".formatted(value).replaceAll("0+$", "");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    @Override
    public String toString() {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\">\n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n%s</svg>\n"
                .formatted(WIDTH, HEIGHT, WIDTH, HEIGHT, body);
    }
}
