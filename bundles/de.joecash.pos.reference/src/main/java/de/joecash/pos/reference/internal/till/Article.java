package de.joecash.pos.reference.internal.till;

import java.math.BigDecimal;
import java.util.List;

/** Something the shop sells. */
record Article(int number, String name, BigDecimal price, BigDecimal vat) {
    private static final String FULL = "19.00";
    private static final String REDUCED = "7.00";

    /** A hair salon with a coffee bar. */
    static final List<Article> ALL = List.of(
            of(101, "Haarschnitt Damen kurz", "34.00", FULL),
            of(102, "Haarschnitt Damen lang", "42.50", FULL),
            of(103, "Haarschnitt Herren", "24.00", FULL),
            of(104, "Kinderhaarschnitt bis 12 Jahre", "16.50", FULL),
            of(105, "Waschen, Schneiden, Föhnen", "49.00", FULL),
            of(106, "Föhnfrisur", "22.00", FULL),
            of(107, "Hochsteckfrisur für festliche Anlässe", "58.00", FULL),
            of(108, "Ponyschnitt", "8.00", FULL),
            of(201, "Farbe Ansatz", "39.00", FULL),
            of(202, "Farbe komplett", "62.00", FULL),
            of(203, "Strähnen Oberkopf", "54.00", FULL),
            of(204, "Balayage „Sommerglück“", "129.00", FULL),
            of(205, "Tönung", "29.50", FULL),
            of(206, "Dauerwelle", "68.00", FULL),
            of(207, "Glanzpflege & Kopfmassage", "12.00", FULL),
            of(301, "Bart trimmen", "11.00", FULL),
            of(302, "Nassrasur mit heißem Tuch", "19.00", FULL),
            of(303, "Augenbrauen färben", "9.50", FULL),
            of(401, "Shampoo Brennnessel 250 ml", "12.90", FULL),
            of(402, "Spülung Weizenprotein 200 ml", "14.90", FULL),
            of(403, "Haaröl Argan 50 ml", "24.90", FULL),
            of(404, "Haarspray extra stark 300 ml", "9.95", FULL),
            of(405, "Rundbürste groß", "17.50", FULL),
            of(406, "Gutschein", "25.00", "0.00"),
            of(501, "Kaffee Crème", "2.80", FULL),
            of(502, "Cappuccino", "3.40", FULL),
            of(503, "Milchkaffee", "3.60", FULL),
            of(504, "Kännchen Tee", "4.20", FULL),
            of(505, "Mineralwasser 0,25 l", "2.40", FULL),
            of(506, "Käsekuchen", "3.90", REDUCED),
            of(507, "Rüblitorte", "4.10", REDUCED),
            of(508, "Brötchen belegt", "3.20", REDUCED));

    private static Article of(int number, String name, String price, String vat) {
        return new Article(number, name, new BigDecimal(price), new BigDecimal(vat));
    }
}
